--! BLOCKED migration-failed lint/ban-concurrent-index-creation-in-transaction
--! why: the good form has to be run by hand: Flyway does not know REINDEX TABLE CONCURRENTLY and runs it in a transaction
--! fails: 25001
REINDEX TABLE CONCURRENTLY tallies;
