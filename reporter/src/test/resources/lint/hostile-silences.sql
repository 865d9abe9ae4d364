SET lock_timeout = '1s';
SELECT '-- offshoot:allow ban-drop-column: in a string';
ALTER TABLE users DROP COLUMN a; --! ban-drop-column
ALTER TABLE users DROP /* offshoot:allow ban-drop-column: inside the statement */ COLUMN b; --! ban-drop-column
-- offshoot:allow *: everything
ALTER TABLE users DROP COLUMN c; --! ban-drop-column unknown-rule
-- offshoot:allow ban-drop-column: for the statement after this one only
SELECT 1; --! unused-ignore
ALTER TABLE users DROP COLUMN d; --! ban-drop-column
