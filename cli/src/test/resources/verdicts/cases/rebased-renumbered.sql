--! PASS
--! why: the same text under another number
--! rebuilt: V#.7__moved.sql
--! file: V#.1__moved.sql
CREATE TABLE moved (id bigint);
--! then:
--! file: V#.7__moved.sql
CREATE TABLE moved (id bigint);
