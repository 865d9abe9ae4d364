--! PASS not-transactional lint/prefer-robust-stmts
--! why: outside a transaction and not to be run twice, since IF NOT EXISTS is missing
--! together: warned
CREATE INDEX CONCURRENTLY carts_code ON carts (code);
