SET lock_timeout = '1s';
CREATE TABLE foo (id bigint PRIMARY KEY);
ALTER TABLE app_user ADD COLUMN email text;
