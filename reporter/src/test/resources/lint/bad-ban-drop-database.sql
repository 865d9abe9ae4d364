-- with: no-transaction
DROP DATABASE IF EXISTS shop; --! ban-drop-database
