--! NEEDS_DBA lint/ban-drop-column lint/silence-without-reason
--! why: without a reason nothing is silenced
--! together: risky-3
SET lock_timeout = '10s';
-- squawk-ignore ban-drop-column
ALTER TABLE carts DROP COLUMN code;
