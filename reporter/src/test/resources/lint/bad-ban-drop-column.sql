SET lock_timeout = '1s';
ALTER TABLE users
  DROP COLUMN name, --! @2 ban-drop-column
  ADD COLUMN full_name text;
