SET lock_timeout = '1s';
ALTER TABLE users ADD COLUMN n bigserial; --! prefer-identity adding-field-with-default
ALTER TABLE users ADD COLUMN m bigint GENERATED ALWAYS AS IDENTITY; --! adding-field-with-default
