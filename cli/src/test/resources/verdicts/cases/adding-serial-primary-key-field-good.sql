--! PASS
--! why: the index is there already, and stays under its name as the constraint's; id is NOT NULL already
--! measured 2: rewrites nothing
SET lock_timeout = '10s';
ALTER TABLE tallies ADD CONSTRAINT tallies_id PRIMARY KEY USING INDEX tallies_id;
