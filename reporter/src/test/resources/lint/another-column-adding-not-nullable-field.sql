-- with: no-transaction
SET lock_timeout = '1s';
ALTER TABLE recipe DROP CONSTRAINT IF EXISTS a_is_there;
ALTER TABLE recipe ADD CONSTRAINT a_is_there CHECK (a IS NOT NULL) NOT VALID;
ALTER TABLE recipe VALIDATE CONSTRAINT a_is_there;
ALTER TABLE recipe ALTER COLUMN b SET NOT NULL; --! adding-not-nullable-field
