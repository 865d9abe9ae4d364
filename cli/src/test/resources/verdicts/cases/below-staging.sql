--! BLOCKED below-staging
--! why: main has V50 meanwhile, though Staging was not brought to it; the clone takes V40, Staging will not
--! says: 40
--! file: V40__overtaken.sql
CREATE TABLE overtaken (id bigint);
