--! NEEDS_DBA lint/changing-column-type table-rewritten
--! why: ALTER TABLE: "changing the type of an existing column" rewrites table and indexes; integer and bigint are not binary coercible
--! together: risky-2
--! measured 2: ACCESS EXCLUSIVE public.visits
--! measured 2: rewrites public.visits
--! weighs changing-column-type: held ACCESS EXCLUSIVE on public.visits, rewrote
SET lock_timeout = '10s';
ALTER TABLE visits ALTER COLUMN seconds TYPE bigint;
