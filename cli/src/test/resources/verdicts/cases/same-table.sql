--! PASS
--! why: two branches change the invoices: a note on both
--! collides: SAME_TABLE public.invoices
--! file: V#.1__mine.sql
SET lock_timeout = '10s';
ALTER TABLE invoices ADD COLUMN mine text;
--! other:
--! file: V#.2__yours.sql
INSERT INTO invoices (id, due) VALUES (100000, 1);
