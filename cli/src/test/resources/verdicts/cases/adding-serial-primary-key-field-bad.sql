--! NEEDS_DBA lint/adding-serial-primary-key-field
--! why: the index is built under ACCESS EXCLUSIVE; ids are all different and not NULL, so it succeeds
--! together: risky-1
--! measured 2: ACCESS EXCLUSIVE public.tallies
SET lock_timeout = '10s';
ALTER TABLE tallies ADD PRIMARY KEY (id);
