-- with: no-transaction
SET lock_timeout = '1s';
ALTER TABLE recipe DROP CONSTRAINT IF EXISTS view_count_not_null;
ALTER TABLE recipe ADD CONSTRAINT view_count_not_null CHECK (view_count IS NOT NULL) NOT VALID;
ALTER TABLE recipe VALIDATE CONSTRAINT view_count_not_null;
ALTER TABLE recipe ALTER COLUMN view_count SET NOT NULL;
