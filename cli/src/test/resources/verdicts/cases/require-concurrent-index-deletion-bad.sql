--! NEEDS_DBA lint/require-concurrent-index-deletion object-removed
--! why: the index was in the snapshot; DROP INDEX takes ACCESS EXCLUSIVE on the table too
--! measured 2: ACCESS EXCLUSIVE public.visits
SET lock_timeout = '10s';
DROP INDEX visits_at;
