--! PASS
--! why: a changed repeatable migration is run again, and that is no rewritten history
--! rebuilt: no
--! file: R__#_orders_of_note.sql
CREATE OR REPLACE VIEW orders_of_note AS SELECT id FROM orders WHERE note IS NOT NULL;
--! then:
--! file: R__#_orders_of_note.sql
CREATE OR REPLACE VIEW orders_of_note AS SELECT id, note FROM orders WHERE note IS NOT NULL;
