--! NEEDS_DBA lint/adding-field-with-default table-rewritten
--! why: ALTER TABLE: "an identity column" rewrites the table
--! together: risky-1
--! measured 2: rewrites public.invoices
--! weighs adding-field-with-default: held ACCESS EXCLUSIVE on public.invoices for, rewrote
SET lock_timeout = '10s';
ALTER TABLE invoices ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;
