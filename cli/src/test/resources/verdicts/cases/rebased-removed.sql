--! PASS
--! why: one of two applied migrations is not there any more
--! rebuilt: the commit does not have it
--! file: V#.1__stays.sql
CREATE TABLE stays (id bigint);
--! file: V#.2__goes.sql
SET lock_timeout = '10s';
ALTER TABLE carts DROP COLUMN hint;
--! then:
--! file: V#.1__stays.sql
CREATE TABLE stays (id bigint);
