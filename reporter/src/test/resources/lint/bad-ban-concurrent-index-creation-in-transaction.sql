-- Flyway puts a script into one transaction, and refuses one that mixes both kinds of statements.
SET lock_timeout = '1s';
ALTER TABLE app_user ADD COLUMN email text;
CREATE INDEX CONCURRENTLY email_idx ON app_user (email); --! ban-concurrent-index-creation-in-transaction
