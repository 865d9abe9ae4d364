--! NEEDS_DBA lint/changing-column-type
--! why: the rule cannot tell, but varchar to text is binary coercible and not rewritten (ALTER TABLE): the measured run says so
--! together: risky-2
--! measured 2: rewrites nothing
--! weighs changing-column-type: nothing of rewrote
SET lock_timeout = '10s';
ALTER TABLE visits ALTER COLUMN path TYPE text;
