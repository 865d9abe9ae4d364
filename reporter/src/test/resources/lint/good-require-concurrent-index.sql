-- with: no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS field_name_idx ON table_name (field_name);
DROP INDEX CONCURRENTLY IF EXISTS other_idx;
REINDEX INDEX CONCURRENTLY field_name_idx;
REINDEX (CONCURRENTLY) TABLE table_name;
CREATE TABLE t (a bigint); --! prefer-robust-stmts
CREATE INDEX t_a ON t (a); --! prefer-robust-stmts
DROP INDEX t_a; --! prefer-robust-stmts
