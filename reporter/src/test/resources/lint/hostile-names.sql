SET lock_timeout = '1s';
ALTER TABLE "Robert""); DROP TABLE students;--" DROP COLUMN "<script>"; --! ban-drop-column
ALTER TABLE U&"d\0061t\+000061" DROP COLUMN a; --! ban-drop-column
