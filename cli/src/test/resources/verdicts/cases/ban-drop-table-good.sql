--! PASS
--! why: it was made by the same scripts
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
