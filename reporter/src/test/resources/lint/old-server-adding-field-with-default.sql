-- with: postgres=10
SET lock_timeout = '1s';
ALTER TABLE account ADD COLUMN foo bigint DEFAULT 10; --! adding-field-with-default
