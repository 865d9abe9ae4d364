--! PASS not-transactional
--! why: executeInTransaction=false is heeded, so a timeout can stand before CONCURRENTLY; without it Flyway refuses a script of both kinds
--! together: good-2
--! measured 1: outside a transaction
--! measured 2: outside a transaction
--! file: 2026/V#__outside.sql
SET lock_timeout = '10s';
CREATE INDEX CONCURRENTLY IF NOT EXISTS tallies_kind ON tallies (kind);
--! file: 2026/V#__outside.sql.conf
executeInTransaction=false
