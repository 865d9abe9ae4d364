--! PASS
--! why: each script is a transaction of its own, so the lock is gone before the other begins to wait
--! file: V#.1__add.sql
SET lock_timeout = '10s';
ALTER TABLE carts ADD COLUMN quick text;
--! file: V#.2__wait.sql
SELECT pg_sleep(4);
