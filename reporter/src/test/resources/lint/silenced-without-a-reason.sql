SET lock_timeout = '1s';
-- offshoot:allow ban-drop-column
ALTER TABLE users DROP COLUMN name; --! ban-drop-column silence-without-reason
-- offshoot:allow ban-drop-column:
ALTER TABLE users DROP COLUMN name2; --! ban-drop-column silence-without-reason
-- squawk-ignore ban-drop-column
ALTER TABLE users DROP COLUMN name3; --! ban-drop-column silence-without-reason
-- squawk-ignore-file
ALTER TABLE users DROP COLUMN name4; --! ban-drop-column silence-without-reason
