SET lock_timeout = '1s';
ALTER TABLE account ADD COLUMN ab_group numeric DEFAULT random(); --! adding-field-with-default
ALTER TABLE account ADD COLUMN token uuid DEFAULT gen_random_uuid() NOT NULL; --! adding-field-with-default
ALTER TABLE account ADD COLUMN seen timestamptz DEFAULT clock_timestamp(); --! adding-field-with-default
ALTER TABLE account ADD COLUMN twice bigint GENERATED ALWAYS AS (balance * 2) STORED; --! adding-field-with-default
ALTER TABLE account ADD COLUMN n bigint DEFAULT my_function(); --! adding-field-with-default
