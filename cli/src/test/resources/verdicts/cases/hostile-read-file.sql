--! BLOCKED migration-failed
--! why: the role may not read the server's files; 42501
--! fails: 42501
SELECT pg_read_file('/etc/passwd');
