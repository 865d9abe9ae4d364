--! BLOCKED migration-failed below-staging
--! why: numbered below what Staging is at, it would not be run there, nor is it on its clone
--! says: below
--! file: V2.5__late.sql
CREATE TABLE late (id bigint);
