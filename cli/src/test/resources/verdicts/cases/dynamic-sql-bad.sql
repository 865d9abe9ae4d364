--! NEEDS_DBA lint/dynamic-sql object-removed
--! why: the rules cannot see what EXECUTE puts together; the measured run and the comparison show what it did
--! measured 1: ACCESS EXCLUSIVE public.stale
DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident('stale'); END $$;
