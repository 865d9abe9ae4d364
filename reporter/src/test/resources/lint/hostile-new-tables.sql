-- Each of these makes a table that another one of the same name hides behind.
SET lock_timeout = '1s';
CREATE TABLE orders (id bigint);
ALTER TABLE public.orders DROP COLUMN price; --! ban-drop-column
DO $$ BEGIN IF false THEN CREATE TABLE bills (id bigint); END IF; END $$;
ALTER TABLE bills DROP COLUMN price; --! ban-drop-column
CREATE TEMP TABLE users (id bigint);
DROP TABLE users;
ALTER TABLE users DROP COLUMN name; --! ban-drop-column
SAVEPOINT s;
CREATE TEMP TABLE people (id bigint);
ROLLBACK TO s;
ALTER TABLE people DROP COLUMN name; --! ban-drop-column
CREATE TABLE copied AS WITH gone AS (DELETE FROM accounts RETURNING *) SELECT * FROM gone; --! require-where
