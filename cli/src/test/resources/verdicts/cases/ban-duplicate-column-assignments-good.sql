--! PASS
--! why: "A" and a are two columns
--! together: good-1
CREATE TABLE twice (a bigint, "A" text);
INSERT INTO twice (a, "A") VALUES (1, 'y');
UPDATE twice SET a = 2, "A" = 'x' WHERE true;
