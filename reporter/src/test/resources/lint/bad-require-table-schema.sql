-- with: also=require-table-schema
SET lock_timeout = '1s';
CREATE TABLE posts (id bigint); --! require-table-schema
ALTER TABLE posts ADD COLUMN name text; --! require-table-schema
DROP TABLE posts; --! require-table-schema
CREATE TABLE posts AS SELECT 1 AS one; --! require-table-schema
