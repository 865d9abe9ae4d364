--! NEEDS_DBA lint/require-concurrent-partition-detach
--! why: ALTER TABLE DETACH PARTITION takes ACCESS EXCLUSIVE on the parent; the partition stays as a table
--! together: risky-3
--! measured 2: ACCESS EXCLUSIVE public.readings
SET lock_timeout = '10s';
ALTER TABLE readings DETACH PARTITION readings_2025;
