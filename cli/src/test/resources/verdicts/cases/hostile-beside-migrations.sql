--! PASS
--! why: shell files, callbacks and settings beside migrations never reach Flyway; what they would do did not happen
--! file: V#__plain.sql
CREATE TABLE plain (id bigint);
--! file: beforeMigrate.sql
DROP TABLE stale;
--! file: V#__plain.sql.conf
executeInTransaction=false
--! file: V#.1__run.sh
touch /tmp/offshoot-hostile
