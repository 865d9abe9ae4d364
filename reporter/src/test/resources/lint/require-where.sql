UPDATE users SET active = true; --! require-where
DELETE FROM users; --! require-where
WITH gone AS (DELETE FROM users RETURNING id) SELECT count(*) FROM gone; --! require-where
UPDATE users SET active = true WHERE id = 1;
DELETE FROM users WHERE id = 1;
