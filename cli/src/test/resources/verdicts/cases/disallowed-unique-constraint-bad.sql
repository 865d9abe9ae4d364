--! NEEDS_DBA lint/disallowed-unique-constraint
--! why: the index is built under ACCESS EXCLUSIVE; names are all different
--! together: risky-2
--! measured 2: ACCESS EXCLUSIVE public.tallies
SET lock_timeout = '10s';
ALTER TABLE tallies ADD CONSTRAINT one_name UNIQUE (name);
