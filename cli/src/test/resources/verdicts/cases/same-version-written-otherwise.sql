--! PASS
--! why: Flyway takes #.1 and #.01 for the same
--! collides: SAME_VERSION #.1
--! file: V#.1__mine.sql
CREATE TABLE mine_too (id bigint);
--! other:
--! file: V#.01__yours.sql
CREATE TABLE yours_too (id bigint);
