--! NEEDS_DBA lint/require-concurrent-index-creation
--! why: Flyway reads a location with all folders in it, in the order of versions, and its history keeps the path; SHARE as without folders
--! together: risky-3
--! measured 2: SHARE public.visits
--! weighs require-concurrent-index-creation: held SHARE on public.visits
--! shown as: 2026/late/V#.1__index.sql
--! shown as: 2026/early/V#.2__table.sql
--! file: 2026/early/V#.2__table.sql
CREATE TABLE in_a_folder (id bigint);
--! file: 2026/late/V#.1__index.sql
SET lock_timeout = '10s';
CREATE INDEX visits_in_a_folder ON visits (seconds);
