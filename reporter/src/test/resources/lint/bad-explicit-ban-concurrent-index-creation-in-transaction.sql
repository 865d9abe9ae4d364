-- with: no-transaction
BEGIN;
CREATE INDEX CONCURRENTLY IF NOT EXISTS email_idx ON app_user (email); --! ban-concurrent-index-creation-in-transaction
COMMIT;
