--! PASS lint/require-lock-timeout
--! why: it warns, once in a script
--! together: warned
ALTER TABLE carts ADD COLUMN c boolean;
ALTER TABLE carts ADD COLUMN d boolean;
