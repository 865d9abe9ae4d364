--! PASS lint/ban-char-field lint/prefer-text-field lint/prefer-timestamptz lint/prefer-bigint-over-int lint/prefer-bigint-over-smallint lint/prefer-identity
--! why: each of these warns
--! together: warned
CREATE TABLE typed (id bigserial PRIMARY KEY, code char(2), name varchar(100), at timestamp, n integer, level smallint);
