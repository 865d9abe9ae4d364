--! PASS
--! why: names of one's own new table are nobody's yet
--! together: good-2
CREATE TABLE fresh (a bigint);
ALTER TABLE fresh RENAME COLUMN a TO b;
ALTER TABLE fresh RENAME TO fresher;
