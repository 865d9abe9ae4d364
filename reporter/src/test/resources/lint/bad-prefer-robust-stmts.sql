-- with: no-transaction
SET lock_timeout = '1s';
CREATE TABLE foo (id bigint PRIMARY KEY); --! prefer-robust-stmts
ALTER TABLE app_user ADD COLUMN email text; --! prefer-robust-stmts
ALTER TABLE app_user ADD CONSTRAINT c CHECK (email <> '') NOT VALID; --! prefer-robust-stmts
CREATE INDEX CONCURRENTLY email_idx ON app_user (email); --! prefer-robust-stmts
DROP INDEX CONCURRENTLY email_idx; --! prefer-robust-stmts
ALTER TABLE foo DROP CONSTRAINT d; --! prefer-robust-stmts
CREATE SEQUENCE s; --! prefer-robust-stmts
