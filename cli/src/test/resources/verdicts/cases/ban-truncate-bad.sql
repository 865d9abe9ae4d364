--! NEEDS_DBA lint/ban-truncate
--! why: TRUNCATE empties without scanning or writing the table (its page); emptied is not "written anew"
--! together: risky-1
--! measured 2: ACCESS EXCLUSIVE public.stale
SET lock_timeout = '10s';
TRUNCATE stale;
