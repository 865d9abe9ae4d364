--! BLOCKED migration-failed
--! why: what Staging has applied cannot be undone by a new clone: the branch must be rebased
--! says: was applied in Staging and was edited since
--! file: V3__stock.sql
CREATE TABLE stock (id bigint);
