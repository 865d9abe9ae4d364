--! PASS
--! why: only the default goes; a column of a table that the script makes is in nobody's use
--! together: good-1
SET lock_timeout = '10s';
ALTER TABLE carts ALTER COLUMN hint DROP DEFAULT;
CREATE TABLE draft_of_carts (id bigint PRIMARY KEY, a text);
ALTER TABLE draft_of_carts DROP COLUMN a;
