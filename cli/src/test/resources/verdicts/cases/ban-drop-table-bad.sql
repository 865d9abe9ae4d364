--! NEEDS_DBA lint/ban-drop-table object-removed
--! why: the table and its rows are gone
--! measured 2: ACCESS EXCLUSIVE public.stale
SET lock_timeout = '10s';
DROP TABLE stale;
