CREATE TABLE t (a bigint, "A" text);
CREATE VIEW v (a, b) AS SELECT 1, 2;
UPDATE t SET a = 2, "A" = 'x' WHERE true;
INSERT INTO t (a, "A") VALUES (1, 'y');
UPDATE p SET at.x = 1, at.y = 2 WHERE id = 1;
