--! NEEDS_DBA lint/require-where lint/changing-column-type many-rows-changed table-rewritten lint/require-lock-timeout
--! why: each finding has what was measured of its own statement
--! weighs require-where: changed 120,000 rows
--! weighs changing-column-type: rewrote
--! weighs changing-column-type: nothing of changed
--! measured 1: 120000 rows
--! measured 2: rewrites public.invoices
UPDATE visits SET seconds = 1; ALTER TABLE invoices ALTER COLUMN id TYPE numeric; INSERT INTO stale VALUES (11, 'new');
