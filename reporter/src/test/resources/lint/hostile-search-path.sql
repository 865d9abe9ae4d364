SET lock_timeout = '1s';
SET search_path = scratch;
CREATE TABLE orders (id bigint);
SET search_path = public;
ALTER TABLE orders DROP COLUMN price; --! ban-drop-column
CREATE TABLE bills (id bigint);
SELECT pg_catalog.set_config('search_' || 'path', 'public', false);
ALTER TABLE bills DROP COLUMN price; --! ban-drop-column
