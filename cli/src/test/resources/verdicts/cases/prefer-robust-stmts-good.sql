--! PASS not-transactional
--! why: IF NOT EXISTS
--! together: good-2
CREATE INDEX CONCURRENTLY IF NOT EXISTS carts_code ON carts (code);
