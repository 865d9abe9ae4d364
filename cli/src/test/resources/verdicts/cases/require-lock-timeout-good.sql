--! PASS
--! why: SET LOCAL holds for the script's transaction
--! together: good-2
SET LOCAL lock_timeout = '10s';
ALTER TABLE carts ADD COLUMN c boolean;
