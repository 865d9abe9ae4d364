SET lock_timeout = '1s';
CREATE TABLE fresh (a bigint);
ALTER TABLE fresh RENAME COLUMN a TO b;
ALTER TABLE fresh RENAME TO fresher;
ALTER TABLE fresher DROP COLUMN b;
ALTER TABLE old RENAME CONSTRAINT a TO b;
