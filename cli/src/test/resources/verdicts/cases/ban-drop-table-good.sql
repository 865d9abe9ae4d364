--! PASS
--! why: it was made by the same scripts
--! together: good
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
