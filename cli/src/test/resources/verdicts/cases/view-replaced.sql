--! PASS
--! why: it is there, with a column more
--! together: good-2
CREATE OR REPLACE VIEW open_orders AS SELECT id, total, note FROM orders WHERE status = 'submitted';
