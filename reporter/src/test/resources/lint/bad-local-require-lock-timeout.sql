-- with: no-transaction
SET LOCAL lock_timeout = '1s';
ALTER TABLE t ADD COLUMN IF NOT EXISTS c boolean; --! require-lock-timeout
