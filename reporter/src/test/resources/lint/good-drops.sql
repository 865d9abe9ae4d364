SET lock_timeout = '1s';
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
DROP VIEW totals;
DROP FUNCTION f(bigint);
