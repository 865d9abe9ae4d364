-- with: no-transaction
BEGIN;
SET LOCAL lock_timeout = '1s';
ALTER TABLE app_user ADD COLUMN email text;
COMMIT;
CREATE INDEX CONCURRENTLY IF NOT EXISTS email_idx ON app_user (email);
