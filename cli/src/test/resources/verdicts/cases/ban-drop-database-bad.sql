--! BLOCKED migration-failed lint/ban-drop-database not-transactional
--! why: the role owns no database, not even its own: 42501; alone in its script it runs outside a transaction
--! fails: 42501
DROP DATABASE IF EXISTS postgres;
