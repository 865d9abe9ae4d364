--! PASS not-transactional
--! why: IF NOT EXISTS
--! together: good
CREATE INDEX CONCURRENTLY IF NOT EXISTS carts_code ON carts (code);
