--! PASS
--! why: without NOT NULL, or with a constant default, nothing is read or rewritten
--! together: good-1
--! measured 3: rewrites nothing
SET lock_timeout = '10s';
ALTER TABLE carts ADD COLUMN public boolean;
ALTER TABLE carts ADD COLUMN shown boolean NOT NULL DEFAULT false;
