--! NEEDS_DBA lint/adding-field-with-default table-rewritten
--! why: ALTER TABLE, "adding a column with a volatile DEFAULT … will cause the entire table and its indexes to be rewritten"
--! together: risky-1
--! measured 2: ACCESS EXCLUSIVE public.visits
--! measured 2: rewrites public.visits
--! weighs adding-field-with-default: held ACCESS EXCLUSIVE on public.visits, rewrote
SET lock_timeout = '10s';
ALTER TABLE visits ADD COLUMN ab_group double precision DEFAULT random();
