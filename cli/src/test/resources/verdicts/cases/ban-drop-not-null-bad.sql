--! PASS lint/ban-drop-not-null
--! why: the rule only warns
--! together: warned
SET lock_timeout = '10s';
ALTER TABLE carts ALTER COLUMN code DROP NOT NULL;
