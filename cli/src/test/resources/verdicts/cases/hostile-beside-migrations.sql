--! NEEDS_DBA runs-otherwise not-transactional
--! why: callbacks and shell files beside migrations never reach Flyway, and the report tells of them; executeInTransaction alone is heeded
--! measured 1: outside a transaction
--! file: V#__plain.sql
CREATE TABLE plain (id bigint);
--! file: beforeMigrate.sql
DROP TABLE stale;
--! file: V#__plain.sql.conf
executeInTransaction=false
--! file: V#.1__run.sh
touch /tmp/offshoot-hostile
