--! PASS not-transactional
--! why: the index is built concurrently in a script of its own and becomes the constraint's in the next
--! together: good-1
--! measured 1: outside a transaction
--! file: V#.1__index.sql
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_kind_of_name ON tallies (name, kind);
--! file: V#.2__constraint.sql
SET lock_timeout = '10s';
ALTER TABLE tallies ADD CONSTRAINT one_kind_of_name UNIQUE USING INDEX one_kind_of_name;
