\connect shop --! could-not-be-read
\set ON_ERROR_STOP on --! could-not-be-read
DELETE FROM people; --! require-where
