CREATE TABLE t (a bigint, a text); --! ban-duplicate-column-assignments
CREATE VIEW v (a, a) AS SELECT 1, 2; --! ban-duplicate-column-assignments
UPDATE t SET a = 1, a = 2 WHERE true; --! ban-duplicate-column-assignments
INSERT INTO t (a, "A", A) VALUES (1, 2, 3); --! ban-duplicate-column-assignments
