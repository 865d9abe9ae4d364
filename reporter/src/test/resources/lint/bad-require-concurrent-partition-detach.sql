SET lock_timeout = '1s';
ALTER TABLE t DETACH PARTITION p; --! require-concurrent-partition-detach
