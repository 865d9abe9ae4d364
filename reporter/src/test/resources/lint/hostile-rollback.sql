-- with: no-transaction
SET lock_timeout = '1s';
BEGIN;
CREATE TEMP TABLE people (id bigint) ON COMMIT DROP;
COMMIT;
ALTER TABLE people DROP COLUMN IF EXISTS name; --! ban-drop-column
BEGIN;
CREATE TABLE bills (id bigint);
ROLLBACK;
ALTER TABLE bills DROP COLUMN IF EXISTS price; --! ban-drop-column
