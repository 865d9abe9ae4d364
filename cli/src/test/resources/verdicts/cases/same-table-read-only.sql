--! PASS
--! why: reading what another changes is no collision
--! file: V#.1__mine.sql
SET lock_timeout = '10s';
ALTER TABLE invoices ADD COLUMN mine text;
--! other:
--! file: V#.2__yours.sql
CREATE TABLE of_invoices AS SELECT count(*) AS n FROM invoices;
