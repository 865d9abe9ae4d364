--! NEEDS_DBA lint/prefer-repack table-rewritten
--! why: CLUSTER writes the table anew under ACCESS EXCLUSIVE
--! together: risky-2
--! measured 2: ACCESS EXCLUSIVE public.visits
--! measured 2: rewrites public.visits
SET lock_timeout = '10s';
CLUSTER visits USING visits_at;
