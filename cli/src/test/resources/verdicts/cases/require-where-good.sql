--! PASS
--! why: 60 rows with a WHERE
--! together: good-2
--! measured 1: 60 rows
UPDATE visits SET seconds = seconds + 1 WHERE id <= 60;
