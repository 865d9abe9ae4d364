CREATE TABLE users ( --! prefer-bigint-over-int prefer-bigint-over-int prefer-bigint-over-smallint
  id integer PRIMARY KEY,
  n int4,
  level int2
);
