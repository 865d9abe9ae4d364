ALTER TABLE t ADD COLUMN c boolean; --! require-lock-timeout
ALTER TABLE t ADD COLUMN d boolean;
