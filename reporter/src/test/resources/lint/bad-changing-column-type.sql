SET lock_timeout = '1s';
ALTER TABLE users ALTER COLUMN id TYPE bigint; --! changing-column-type
ALTER TABLE users ALTER COLUMN name SET DATA TYPE text USING name::text; --! changing-column-type
