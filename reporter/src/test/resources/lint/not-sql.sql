SELECT 1;
SELEKT 2; --! could-not-be-read
ALTER TABLE users DROP; --! could-not-be-read
DELETE FROM users; --! require-where
