-- Nothing else stands in the script, so Flyway runs it outside of a transaction.
CREATE INDEX CONCURRENTLY IF NOT EXISTS email_idx ON app_user (email);
