--! BLOCKED migration-failed lint/constraint-missing-not-valid
--! why: 4 totals are below zero; 23514
--! fails: 23514 4 rows
SET lock_timeout = '10s';
ALTER TABLE orders ADD CONSTRAINT costs_something CHECK (total >= 0);
