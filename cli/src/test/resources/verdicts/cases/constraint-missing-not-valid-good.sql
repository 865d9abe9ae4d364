--! PASS
--! why: NOT VALID, and VALIDATE in a script of its own, which takes SHARE UPDATE EXCLUSIVE only
--! together: good-1
--! measured 2: ACCESS EXCLUSIVE public.visits
--! measured 4: SHARE UPDATE EXCLUSIVE public.visits
--! file: V#.1__not_valid.sql
SET lock_timeout = '10s';
ALTER TABLE visits ADD CONSTRAINT takes_time CHECK (seconds >= 0) NOT VALID;
--! file: V#.2__validate.sql
SET lock_timeout = '10s';
ALTER TABLE visits VALIDATE CONSTRAINT takes_time;
