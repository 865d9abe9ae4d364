--! PASS
--! why: a new column of the new type is a change of the catalogue
--! together: good-1
SET lock_timeout = '10s';
ALTER TABLE visits ADD COLUMN new_seconds bigint;
