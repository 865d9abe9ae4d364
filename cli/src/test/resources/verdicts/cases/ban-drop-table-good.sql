--! PASS
--! why: it was made by the same scripts
--! together: good-1
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
