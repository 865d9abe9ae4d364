--! NEEDS_DBA lint/adding-field-with-default table-rewritten
--! why: ALTER TABLE: "adding a stored generated column" rewrites
--! measured 2: rewrites public.visits
SET lock_timeout = '10s';
ALTER TABLE visits ADD COLUMN twice bigint GENERATED ALWAYS AS (seconds * 2) STORED;
