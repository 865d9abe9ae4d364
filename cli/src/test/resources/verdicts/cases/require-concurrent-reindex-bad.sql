--! NEEDS_DBA lint/require-concurrent-reindex
--! why: REINDEX INDEX takes SHARE on the table; an index is written anew, the table is not
--! together: risky-3
--! measured 2: SHARE public.visits
SET lock_timeout = '10s';
REINDEX INDEX visits_at;
