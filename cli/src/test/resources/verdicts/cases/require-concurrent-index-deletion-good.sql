--! NEEDS_DBA not-transactional object-removed
--! why: no rule speaks against it; but the index is not there any more
--! measured 1: outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS visits_at;
