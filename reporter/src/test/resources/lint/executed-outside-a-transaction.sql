-- with: executeInTransaction=false
-- What configures the script has Flyway run each statement by itself: a timeout holds for the session, and what is done before a failure stays.
SET lock_timeout = '1s';
ALTER TABLE accounts ADD CONSTRAINT later CHECK (balance >= 1) NOT VALID; --! prefer-robust-stmts
ALTER TABLE accounts VALIDATE CONSTRAINT later;
CREATE INDEX CONCURRENTLY IF NOT EXISTS email_idx ON app_user (email);
