--! BLOCKED migration-failed lint/adding-foreign-key-constraint
--! why: 5 orders are of nobody; 23503
--! fails: 23503 5 rows
SET lock_timeout = '10s';
ALTER TABLE orders ADD CONSTRAINT of_somebody FOREIGN KEY (person_id) REFERENCES people (id);
