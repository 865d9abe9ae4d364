--! BLOCKED migration-failed lint/ban-nontransactional-in-transaction
--! why: Flyway refuses a script that mixes VACUUM with what needs a transaction
SET lock_timeout = '10s';
VACUUM visits;
