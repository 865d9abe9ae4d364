--! PASS
--! why: SET NOT NULL after a validated CHECK reads nothing (ALTER TABLE); each step in a script of its own
--! together: good-1
--! measured 4: SHARE UPDATE EXCLUSIVE public.carts
--! file: V#.1__check.sql
SET lock_timeout = '10s';
ALTER TABLE carts ADD CONSTRAINT hint_is_there CHECK (hint IS NOT NULL) NOT VALID;
--! file: V#.2__validate.sql
SET lock_timeout = '10s';
ALTER TABLE carts VALIDATE CONSTRAINT hint_is_there;
--! file: V#.3__not_null.sql
SET lock_timeout = '10s';
ALTER TABLE carts ALTER COLUMN hint SET NOT NULL;
