--! PASS
--! why: NOT VALID checks new rows only; VALIDATE in a later transaction takes SHARE UPDATE EXCLUSIVE, and ROW SHARE on the other (ALTER TABLE, notes)
--! together: good-1
--! measured 2: SHARE ROW EXCLUSIVE public.invoices
--! measured 4: SHARE UPDATE EXCLUSIVE public.invoices
--! measured 4: ROW SHARE public.visits
--! file: V#.1__not_valid.sql
SET lock_timeout = '10s';
ALTER TABLE invoices ADD CONSTRAINT of_a_visit FOREIGN KEY (id) REFERENCES visits (id) NOT VALID;
--! file: V#.2__validate.sql
SET lock_timeout = '10s';
ALTER TABLE invoices VALIDATE CONSTRAINT of_a_visit;
