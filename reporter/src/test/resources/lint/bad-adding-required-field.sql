SET lock_timeout = '1s';
ALTER TABLE recipe ADD COLUMN public boolean NOT NULL; --! adding-required-field
