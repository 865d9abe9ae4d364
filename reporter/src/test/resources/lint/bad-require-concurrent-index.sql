SET lock_timeout = '1s';
CREATE INDEX field_name_idx ON table_name (field_name); --! require-concurrent-index-creation
CREATE UNIQUE INDEX ON table_name (lower(field_name)) WHERE field_name IS NOT NULL; --! require-concurrent-index-creation
DROP INDEX other_idx; --! require-concurrent-index-deletion
REINDEX INDEX field_name_idx; --! require-concurrent-reindex
REINDEX TABLE table_name; --! require-concurrent-reindex
