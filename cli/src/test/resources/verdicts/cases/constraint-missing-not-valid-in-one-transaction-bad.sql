--! NEEDS_DBA lint/constraint-missing-not-valid
--! why: "or in the transaction that adds it": the lock of ADD CONSTRAINT is still held
--! together: risky-2
SET lock_timeout = '10s';
ALTER TABLE visits ADD CONSTRAINT takes_its_time CHECK (seconds >= 0) NOT VALID;
ALTER TABLE visits VALIDATE CONSTRAINT takes_its_time;
