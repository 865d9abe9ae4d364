--! PASS configuration-not-heeded
--! why: flyway.outOfOrder is the operator's, and says false; the branch's own flyway.conf is told of
--! file: V#__settings.sql
CREATE TABLE settings (id bigint);
--! file: flyway.conf
flyway.outOfOrder=true
