--! BLOCKED migration-failed lint/ban-duplicate-column-assignments
--! why: "PostgreSQL refuses it when it runs": 42701, duplicate column
--! fails: 42701
CREATE TABLE twice (a bigint, a text);
