SET lock_timeout = '1s';
ALTER TABLE people ADD CONSTRAINT one_name UNIQUE USING INDEX people_name_idx;
