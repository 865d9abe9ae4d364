SELECT set_config('lock_timeout', '1s', true);
ALTER TABLE t ADD COLUMN c boolean;
