--! BLOCKED migration-failed lint/adding-not-nullable-field
--! why: made anew for the edited migration, which fails on real rows
--! fails: 23502 7 rows
SET lock_timeout = '10s';
ALTER TABLE people ADD COLUMN nickname text;
--! then:
SET lock_timeout = '10s';
ALTER TABLE people ALTER COLUMN name SET NOT NULL;
