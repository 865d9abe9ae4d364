--! PASS
--! why: "on a table that it did not make itself"
CREATE TABLE own (id bigint PRIMARY KEY);
ALTER TABLE own ADD COLUMN name text;
SELECT pg_sleep(4);
