--! BLOCKED migration-failed
--! why: a statement without end is ended at migrate.deadline, 45 s here, whatever it sets itself
--! says: deadline
SET statement_timeout = 0;
SELECT pg_sleep(3600);
