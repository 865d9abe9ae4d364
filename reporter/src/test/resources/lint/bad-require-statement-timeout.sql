-- with: also=require-statement-timeout
SET lock_timeout = '1s';
ALTER TABLE t ADD COLUMN c boolean; --! require-statement-timeout
