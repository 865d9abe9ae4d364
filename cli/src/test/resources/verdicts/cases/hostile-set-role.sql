--! BLOCKED migration-failed
--! why: the role is a member of none; 42501
--! fails: 42501
SET ROLE postgres;
