--! NEEDS_DBA masked-constraint
--! why: people.email is masked, so that the clone satisfies it says nothing
--! says: has_an_at
SET lock_timeout = '10s';
ALTER TABLE people ADD CONSTRAINT has_an_at CHECK (email LIKE '%@%') NOT VALID;
