--! BLOCKED migration-failed
--! why: Flyway reads a location with all folders in it, so these are two migrations with one version; nothing is applied
--! says: Found more than one migration with version #
--! says: /2026/one/V#__one.sql
--! says: /2026/other/V#__other.sql
--! file: 2026/one/V#__one.sql
CREATE TABLE one_of_two (id bigint);
--! file: 2026/other/V#__other.sql
CREATE TABLE other_of_two (id bigint);
