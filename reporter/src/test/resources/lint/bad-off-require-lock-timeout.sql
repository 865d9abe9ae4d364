SET lock_timeout = '1s';
SET lock_timeout = 0;
ALTER TABLE t ADD COLUMN c boolean; --! require-lock-timeout
