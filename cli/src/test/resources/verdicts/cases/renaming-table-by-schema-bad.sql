--! NEEDS_DBA lint/renaming-table object-removed
--! why: "a table that gets another name or schema"
SET lock_timeout = '10s';
ALTER TABLE stale SET SCHEMA attic;
