--! NEEDS_DBA lock-blocks-writes lint/require-concurrent-index-creation
--! why: SHARE lets others read, and keeps them from writing
--! says: SHARE on public.tallies
--! measured 2: SHARE public.tallies
SET lock_timeout = '10s';
CREATE INDEX tallies_kind ON tallies (kind);
SELECT pg_sleep(4);
