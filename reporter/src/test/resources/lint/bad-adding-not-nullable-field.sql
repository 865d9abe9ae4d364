SET lock_timeout = '1s';
ALTER TABLE recipe ALTER COLUMN view_count SET NOT NULL; --! adding-not-nullable-field
ALTER DOMAIN amount SET NOT NULL; --! adding-not-nullable-field
