--! PASS
--! why: two branches with one number: a note on both
--! collides: SAME_VERSION #
--! file: V#__mine.sql
CREATE TABLE mine (id bigint);
--! other:
--! file: V#__yours.sql
CREATE TABLE yours (id bigint);
