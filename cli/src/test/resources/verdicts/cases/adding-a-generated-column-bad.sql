--! NEEDS_DBA lint/adding-field-with-default table-rewritten
--! why: ALTER TABLE: "adding a stored generated column" rewrites
--! together: risky-1
--! measured 2: rewrites public.invoices
SET lock_timeout = '10s';
ALTER TABLE invoices ADD COLUMN twice bigint GENERATED ALWAYS AS (id * 2) STORED;
