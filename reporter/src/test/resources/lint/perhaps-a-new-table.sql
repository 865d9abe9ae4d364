-- With IF NOT EXISTS it may be a table full of rows.
SET lock_timeout = '1s';
CREATE TABLE IF NOT EXISTS orders (id bigint);
ALTER TABLE orders DROP COLUMN price; --! ban-drop-column
