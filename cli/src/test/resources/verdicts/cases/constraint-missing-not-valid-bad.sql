--! NEEDS_DBA lint/constraint-missing-not-valid
--! why: checked at once, all rows read under ACCESS EXCLUSIVE
--! together: risky-2
--! measured 2: ACCESS EXCLUSIVE public.visits
--! measured 2: rewrites nothing
--! weighs constraint-missing-not-valid: held ACCESS EXCLUSIVE on public.visits
SET lock_timeout = '10s';
ALTER TABLE visits ADD CONSTRAINT takes_time CHECK (seconds >= 0);
