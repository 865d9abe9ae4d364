--! PASS
--! why: SHARE UPDATE EXCLUSIVE keeps nobody from reading or writing
--! measured 4: SHARE UPDATE EXCLUSIVE public.stale
--! file: V#.1__not_valid.sql
SET lock_timeout = '10s';
ALTER TABLE stale ADD CONSTRAINT has_a_body CHECK (body IS NOT NULL) NOT VALID;
--! file: V#.2__validate.sql
SET lock_timeout = '10s';
ALTER TABLE stale VALIDATE CONSTRAINT has_a_body;
SELECT pg_sleep(4);
