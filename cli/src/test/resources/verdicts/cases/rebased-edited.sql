--! PASS
--! why: the applied migration was edited: the environment is made anew, and nothing of the first form stays in the report
--! rebuilt: edited
SET lock_timeout = '10s';
ALTER TABLE carts DROP COLUMN hint;
--! then:
SET lock_timeout = '10s';
ALTER TABLE carts ADD COLUMN hint_of_person bigint;
