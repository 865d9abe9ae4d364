--! PASS not-transactional
--! why: IF NOT EXISTS
CREATE INDEX CONCURRENTLY IF NOT EXISTS carts_code ON carts (code);
