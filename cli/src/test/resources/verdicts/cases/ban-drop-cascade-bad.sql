--! NEEDS_DBA lint/ban-drop-table lint/ban-drop-cascade object-removed
--! why: the view of open orders goes with the orders, and nobody named it
--! says: open_orders
SET lock_timeout = '10s';
DROP TABLE orders CASCADE;
