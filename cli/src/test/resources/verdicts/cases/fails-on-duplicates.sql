--! BLOCKED migration-failed lint/disallowed-unique-constraint
--! why: 3 numbers are those of two people each, so 6 rows are in the way; 23505
--! fails: 23505 6 rows
SET lock_timeout = '10s';
ALTER TABLE people ADD CONSTRAINT one_phone UNIQUE (phone);
