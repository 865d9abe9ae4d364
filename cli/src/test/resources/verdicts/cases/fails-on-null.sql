--! BLOCKED migration-failed lint/adding-not-nullable-field
--! why: 7 people have no name; 23502
--! fails: 23502 7 rows
SET lock_timeout = '10s';
ALTER TABLE people ALTER COLUMN name SET NOT NULL;
