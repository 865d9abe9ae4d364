--! NEEDS_DBA many-rows-changed
--! why: 2,000 rows are more than its rowLimit; ROW EXCLUSIVE blocks no writer
--! repository: strict
--! measured 1: 2000 rows
UPDATE invoices SET remark = 'seen' WHERE remark IS NULL;
