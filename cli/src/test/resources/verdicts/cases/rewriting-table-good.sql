--! PASS
--! why: storage parameters are for what is written from now on
--! together: good-2
--! measured 2: rewrites nothing
SET lock_timeout = '10s';
ALTER TABLE drafts SET (fillfactor = 70);
