SET lock_timeout = '1s';
ALTER TABLE users ALTER COLUMN name DROP DEFAULT;
CREATE TABLE draft (id bigint PRIMARY KEY, a text);
ALTER TABLE draft DROP COLUMN a;
