CREATE TABLE users (id bigint PRIMARY KEY, level int8, parts integer[]);
