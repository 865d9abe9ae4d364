SELECT (1; --! could-not-be-read
DROP TABLE a;
