--! NEEDS_DBA lint/adding-not-nullable-field
--! why: the column has no NULL (V3 fills it), so it succeeds; lint.md says that all rows are read under ACCESS EXCLUSIVE
--! together: risky-1
--! measured 2: ACCESS EXCLUSIVE public.carts
--! measured 2: rewrites nothing
SET lock_timeout = '10s';
ALTER TABLE carts ALTER COLUMN hint SET NOT NULL;
