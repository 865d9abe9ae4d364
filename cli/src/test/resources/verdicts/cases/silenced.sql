--! PASS lint-silenced
--! why: a silence with a reason leaves a note, which shows the reason
--! together: warned
--! says: nobody reads it since release 12
SET lock_timeout = '10s';
-- offshoot:allow ban-drop-column: nobody reads it since release 12
ALTER TABLE carts DROP COLUMN hint;
