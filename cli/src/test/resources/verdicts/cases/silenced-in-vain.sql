--! PASS lint/unused-ignore lint/unknown-rule
--! why: a silence that finds nothing, and one of a rule that does not exist, are findings
SET lock_timeout = '10s';
-- offshoot:allow renaming-column: nothing is renamed
ALTER TABLE carts ADD COLUMN c text;
-- offshoot:allow ban-drop-colum: spelled wrong
ALTER TABLE carts ADD COLUMN d text;
