-- Each writes the table anew under ACCESS EXCLUSIVE (the manual's page of ALTER TABLE).
SET lock_timeout = '1s';
ALTER TABLE t SET LOGGED; --! rewriting-table
ALTER TABLE t SET UNLOGGED; --! rewriting-table
ALTER TABLE t SET TABLESPACE fast; --! rewriting-table
ALTER TABLE t SET ACCESS METHOD heap; --! rewriting-table
ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (a * 2); --! rewriting-table
