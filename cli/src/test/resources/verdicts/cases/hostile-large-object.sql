--! BLOCKED migration-failed
--! why: the role may not write the server's files; 42501
--! fails: 42501
SELECT lo_export(lo_from_bytea(0, 'x'), '/tmp/offshoot-hostile');
