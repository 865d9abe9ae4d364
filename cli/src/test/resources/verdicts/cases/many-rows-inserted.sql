--! NEEDS_DBA many-rows-changed
--! why: a statement that changes rowLimit rows or more counts, into whatever table
--! measured 2: 120000 rows
CREATE TABLE copies (id bigint, path text);
INSERT INTO copies SELECT id, path FROM visits;
