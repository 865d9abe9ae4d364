--! NEEDS_DBA lock-blocks-reads
--! why: ACCESS EXCLUSIVE is kept to the transaction's end, 4 s and more, and lockLimit is 3 s
--! says: ACCESS EXCLUSIVE on public.carts
SET lock_timeout = '10s';
ALTER TABLE carts ADD COLUMN slow text;
SELECT pg_sleep(4);
