-- Right SQL that the parser does not know is not passed over either.
ALTER SYSTEM SET work_mem = '1GB'; --! could-not-be-read
