--! NEEDS_DBA lint/ban-drop-column
--! why: the column goes; a column is no object of its own (glossary of the manual: what a CREATE command makes)
--! together: risky-1
--! measured 2: ACCESS EXCLUSIVE public.carts
--! measured 2: rewrites nothing
SET lock_timeout = '10s';
ALTER TABLE carts DROP COLUMN hint;
