--! PASS lint/unused-ignore lint/unknown-rule
--! why: a silence that finds nothing, and one of a rule that does not exist, are findings
--! together: warned
SET lock_timeout = '10s';
-- offshoot:allow renaming-column: nothing is renamed
ALTER TABLE carts ADD COLUMN e text;
-- offshoot:allow ban-drop-colum: spelled wrong
ALTER TABLE carts ADD COLUMN f text;
