--! PASS lock-blocks-reads
--! why: lint/ban-drop-column is ignored: not told; every lock counts at lockLimit 0ms, as a note
--! repository: strict
--! says: ACCESS EXCLUSIVE on public.carts
SET lock_timeout = '10s';
ALTER TABLE carts DROP COLUMN hint;
