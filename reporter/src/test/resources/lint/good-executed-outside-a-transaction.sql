-- with: executeInTransaction=false
-- What configures the script has Flyway run each statement by itself; a timeout then holds for the session.
SET lock_timeout = '1s';
ALTER TABLE accounts ADD CONSTRAINT later CHECK (balance >= 1) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT later;
CREATE INDEX CONCURRENTLY email_idx ON app_user (email);
