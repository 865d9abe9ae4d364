SET lock_timeout = '1s';
-- offshoot:allow ban-drop-column: nobody reads it since release 12
ALTER TABLE users DROP COLUMN name; --! ban-drop-column?
/* offshoot:allow renaming-column: the old version is gone */
ALTER TABLE users RENAME a TO b; --! renaming-column?
-- offshoot:allow ban-drop-table, ban-drop-cascade: an empty table of a test that is over
DROP TABLE tried CASCADE; --! ban-drop-table? ban-drop-cascade?
ALTER TABLE users DROP COLUMN other; --! ban-drop-column
