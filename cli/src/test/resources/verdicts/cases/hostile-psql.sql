--! BLOCKED migration-failed lint/could-not-be-read
--! why: commands of psql are neither SQL nor run
\! id
SELECT 1;
