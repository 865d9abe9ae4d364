-- with: executeInTransaction=true
-- What configures the script has Flyway run it in a transaction, whatever its statements are.
CREATE INDEX CONCURRENTLY email_idx ON app_user (email); --! ban-concurrent-index-creation-in-transaction
