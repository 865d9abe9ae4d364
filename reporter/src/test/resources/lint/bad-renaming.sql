SET lock_timeout = '1s';
ALTER TABLE table_name RENAME COLUMN column_name TO new_column_name; --! renaming-column
ALTER TABLE table_name RENAME short TO longer; --! renaming-column
ALTER TABLE table_name RENAME TO new_table_name; --! renaming-table
ALTER TABLE table_name SET SCHEMA archive; --! renaming-table
