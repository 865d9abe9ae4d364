--! NEEDS_DBA lint/adding-foreign-key-constraint
--! why: lint.md; Explicit Locking: ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on both tables; all invoices have a visit of their number
--! together: risky-1
--! measured 2: SHARE ROW EXCLUSIVE public.invoices
--! measured 2: SHARE ROW EXCLUSIVE public.visits
--! measured 2: rewrites nothing
SET lock_timeout = '10s';
ALTER TABLE invoices ADD CONSTRAINT of_a_visit FOREIGN KEY (id) REFERENCES visits (id);
