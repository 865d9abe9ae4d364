SET lock_timeout = '1s';
CREATE TABLE filled AS SELECT 1 AS one;
TRUNCATE filled RESTRICT;
