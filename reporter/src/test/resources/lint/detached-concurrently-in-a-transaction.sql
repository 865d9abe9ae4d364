-- Flyway does not know that this must not be in a transaction (13.12.0), so it fails there even alone.
ALTER TABLE t DETACH PARTITION p CONCURRENTLY; --! ban-concurrent-index-creation-in-transaction
