SET lock_timeout = '1s';
ALTER TABLE people ADD CONSTRAINT one_name UNIQUE (name); --! disallowed-unique-constraint
ALTER TABLE people ADD COLUMN code text UNIQUE; --! disallowed-unique-constraint
