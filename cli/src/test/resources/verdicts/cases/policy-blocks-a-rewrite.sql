--! BLOCKED table-rewritten lint/changing-column-type lock-blocks-reads
--! why: what was measured blocks here
--! repository: strict
SET lock_timeout = '10s';
ALTER TABLE invoices ALTER COLUMN id TYPE numeric;
