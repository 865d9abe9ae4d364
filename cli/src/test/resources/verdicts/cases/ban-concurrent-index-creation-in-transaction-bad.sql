--! BLOCKED migration-failed lint/ban-concurrent-index-creation-in-transaction
--! why: Flyway refuses a script that mixes both kinds of statements
SET lock_timeout = '10s';
ALTER TABLE carts ADD COLUMN email text;
CREATE INDEX CONCURRENTLY carts_email ON carts (email);
