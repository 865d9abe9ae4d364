SET lock_timeout = '1s';
DROP TABLE old_orders; --! ban-drop-table
DROP TABLE IF EXISTS a, b; --! ban-drop-table
DROP SCHEMA reporting; --! ban-drop-schema
DROP VIEW totals CASCADE; --! ban-drop-cascade
DROP TABLE c CASCADE; --! ban-drop-table ban-drop-cascade
