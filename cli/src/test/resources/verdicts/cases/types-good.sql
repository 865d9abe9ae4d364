--! PASS
--! why: what lint.md says to use instead
--! together: good-2
CREATE TABLE typed (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text, name text, at timestamptz, n bigint, level bigint);
