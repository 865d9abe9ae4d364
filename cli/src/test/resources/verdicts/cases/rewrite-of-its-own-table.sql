--! PASS
--! why: rewrites of a table that the scripts make are harmless (lint.md), as locks of it are
--! together: good-2
CREATE TABLE own_rows (id bigint, n bigint);
INSERT INTO own_rows SELECT n, n FROM generate_series(1, 1000) n;
ALTER TABLE own_rows ALTER COLUMN n TYPE text;
