SET lock_timeout = '1s';
CREATE TABLE audit.orders (id bigint);
ALTER TABLE orders DROP COLUMN price; --! ban-drop-column
CREATE TEMP TABLE invoices (id bigint);
ALTER TABLE public.invoices DROP COLUMN price; --! ban-drop-column
ALTER TABLE invoices DROP COLUMN id;
