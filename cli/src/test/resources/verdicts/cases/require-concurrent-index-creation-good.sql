--! PASS not-transactional
--! why: CONCURRENTLY alone in its script; it runs outside a transaction, which is a note
--! together: good-2
--! measured 1: outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS visits_path ON visits (path);
