--! BLOCKED migration-failed lint/could-not-be-read not-transactional
--! why: a superuser's command, refused with 42501; Flyway runs it outside a transaction (its page of PostgreSQL); not in the parser's grammar
--! fails: 42501
ALTER SYSTEM SET work_mem = '1GB';
