--! NEEDS_DBA lint/ban-drop-column
--! why: the second push adds a file; the report is of both
--! rebuilt: no
--! file: V#.1__drop.sql
SET lock_timeout = '10s';
ALTER TABLE carts DROP COLUMN hint;
--! then:
--! file: V#.1__drop.sql
SET lock_timeout = '10s';
ALTER TABLE carts DROP COLUMN hint;
--! file: V#.2__add.sql
SET lock_timeout = '10s';
ALTER TABLE carts ADD COLUMN hints text;
