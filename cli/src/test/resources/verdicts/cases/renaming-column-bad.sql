--! NEEDS_DBA lint/renaming-column
--! why: the application that runs now asks for the old name
--! together: risky-2
SET lock_timeout = '10s';
ALTER TABLE stale RENAME COLUMN body TO words;
