SET lock_timeout = '1s';
-- offshoot:allow ban-drop-colum: it is spelled wrong
ALTER TABLE users DROP COLUMN name; --! ban-drop-column unknown-rule
-- offshoot:allow renaming-column: nothing is renamed
ALTER TABLE users ADD COLUMN c text; --! unused-ignore
-- offshoot:allow ban-drop-table: there is no statement after this --! unused-ignore
