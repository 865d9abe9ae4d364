-- with: no-transaction
VACUUM t;
VACUUM (FULL false, ANALYZE) t;
