CREATE TABLE users (id bigserial PRIMARY KEY); --! prefer-identity
CREATE TABLE others (id serial PRIMARY KEY); --! prefer-identity prefer-bigint-over-int
CREATE TABLE small (id smallserial PRIMARY KEY); --! prefer-identity prefer-bigint-over-smallint
