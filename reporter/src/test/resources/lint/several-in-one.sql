SET lock_timeout = '1s';
ALTER TABLE orders --! adding-field-with-default adding-required-field ban-drop-column changing-column-type prefer-bigint-over-int
  ADD COLUMN a text NOT NULL,
  ADD COLUMN b uuid DEFAULT gen_random_uuid(),
  ADD COLUMN c integer,
  DROP COLUMN d,
  ALTER COLUMN e TYPE numeric;
