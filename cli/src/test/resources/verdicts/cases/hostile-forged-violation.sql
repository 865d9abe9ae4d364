--! BLOCKED migration-failed
--! why: an error that a branch makes up is what the server says; no rows are believed to be in the way of it
--! fails: 23505
DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '23505', TABLE = 'orders', SCHEMA = 'public', CONSTRAINT = 'orders_pkey'; END $$;
