--! NEEDS_DBA lint/require-where many-rows-changed
--! why: 120,000 rows are more than report.rowLimit
--! together: risky-3
--! measured 1: 120000 rows
--! weighs require-where: changed 120,000 rows
UPDATE visits SET seconds = seconds + 1;
