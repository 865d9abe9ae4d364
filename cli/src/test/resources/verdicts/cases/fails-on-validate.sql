--! BLOCKED migration-failed
--! why: what NOT VALID put off fails when it is validated, with the same 4 rows; the first script stays applied
--! fails: 23514 4 rows
--! file: V#.1__not_valid.sql
SET lock_timeout = '10s';
ALTER TABLE orders ADD CONSTRAINT costs_something CHECK (total >= 0) NOT VALID;
--! file: V#.2__validate.sql
SET lock_timeout = '10s';
ALTER TABLE orders VALIDATE CONSTRAINT costs_something;
