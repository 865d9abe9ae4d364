--! BLOCKED migration-failed
--! why: extensions come with the snapshot; the role does not own the database
--! fails: 42501
CREATE EXTENSION dblink;
