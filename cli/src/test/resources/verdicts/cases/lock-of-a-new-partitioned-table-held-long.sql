--! PASS
--! why: a partitioned table and its partitions are tables too that it made itself, and so is the sequence of a column
CREATE TABLE own_parts (at date NOT NULL, n bigint GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (at);
CREATE TABLE own_part PARTITION OF own_parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE own_parts ADD COLUMN name text;
SELECT pg_sleep(4);
