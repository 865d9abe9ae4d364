--! NEEDS_DBA lint/require-concurrent-index-creation
--! why: Explicit Locking: CREATE INDEX takes SHARE, beside which nobody can write
--! together: risky-3
--! measured 2: SHARE public.visits
--! weighs require-concurrent-index-creation: held SHARE on public.visits
SET lock_timeout = '10s';
CREATE INDEX visits_path ON visits (path);
