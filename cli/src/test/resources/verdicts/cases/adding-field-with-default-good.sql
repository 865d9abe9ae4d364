--! PASS
--! why: a constant default is kept in the catalogue since PostgreSQL 11 (ALTER TABLE); the volatile one is for new rows only
--! together: good-1
--! measured 2: ACCESS EXCLUSIVE public.visits
--! measured 2: rewrites nothing
--! measured 4: rewrites nothing
SET lock_timeout = '10s';
ALTER TABLE visits ADD COLUMN foo bigint DEFAULT 10;
ALTER TABLE visits ADD COLUMN ab_group double precision;
ALTER TABLE visits ALTER COLUMN ab_group SET DEFAULT random();
