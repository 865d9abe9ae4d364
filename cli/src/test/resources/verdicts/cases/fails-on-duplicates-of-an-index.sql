--! BLOCKED migration-failed not-transactional
--! why: CREATE UNIQUE INDEX CONCURRENTLY finds the same 6 rows, outside a transaction
--! fails: 23505 6 rows
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_phone ON people (phone);
