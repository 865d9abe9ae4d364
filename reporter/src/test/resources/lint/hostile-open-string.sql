SELECT 1;
SELECT 'never closed; DROP TABLE a; --! could-not-be-read ban-drop-table require-lock-timeout
