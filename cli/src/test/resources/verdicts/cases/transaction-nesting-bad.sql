--! NEEDS_DBA lint/transaction-nesting
--! why: PostgreSQL only warns of BEGIN, and COMMIT ends the tool's transaction half way; the script runs through
BEGIN;
CREATE TABLE nested (id bigint);
COMMIT;
