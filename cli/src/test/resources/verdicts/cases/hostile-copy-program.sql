--! BLOCKED migration-failed
--! why: the role may not run programs on the server; 42501
--! fails: 42501
COPY (SELECT 1) TO PROGRAM 'id > /tmp/offshoot-hostile';
