CREATE TABLE people (id bigint PRIMARY KEY, code text, also character varying, more varchar, "char" text);
