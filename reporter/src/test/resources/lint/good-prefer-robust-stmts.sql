-- with: no-transaction existing=app_user
SET lock_timeout = '1s';
CREATE TABLE IF NOT EXISTS foo (id bigint PRIMARY KEY);
ALTER TABLE app_user ADD COLUMN IF NOT EXISTS email text;
ALTER TABLE app_user DROP CONSTRAINT IF EXISTS c;
ALTER TABLE app_user ADD CONSTRAINT c CHECK (email <> '') NOT VALID;
CREATE INDEX CONCURRENTLY IF NOT EXISTS email_idx ON app_user (email);
DROP INDEX CONCURRENTLY IF EXISTS email_idx;
DROP TABLE IF EXISTS foo;
