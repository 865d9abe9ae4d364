--! NEEDS_DBA lint/rewriting-table table-rewritten
--! why: ALTER TABLE: SET LOGGED and SET UNLOGGED rewrite
--! together: risky-3
--! measured 2: ACCESS EXCLUSIVE public.drafts
--! measured 2: rewrites public.drafts
SET lock_timeout = '10s';
ALTER TABLE drafts SET LOGGED;
