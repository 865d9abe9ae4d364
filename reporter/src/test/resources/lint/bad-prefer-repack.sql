-- with: no-transaction
SET lock_timeout = '1s';
VACUUM FULL t; --! prefer-repack
VACUUM (FULL, ANALYZE) t; --! prefer-repack
CLUSTER t USING t_pkey; --! prefer-repack
