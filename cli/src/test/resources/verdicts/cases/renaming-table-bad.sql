--! NEEDS_DBA lint/renaming-table object-removed
--! why: under its old name it is not there any more
SET lock_timeout = '10s';
ALTER TABLE stale RENAME TO staler;
