SET lock_timeout = '1s';
ALTER TABLE recipe ADD COLUMN public boolean;
ALTER TABLE recipe ADD COLUMN shown boolean NOT NULL DEFAULT false;
