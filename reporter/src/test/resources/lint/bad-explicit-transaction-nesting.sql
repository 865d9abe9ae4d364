-- with: no-transaction
BEGIN;
START TRANSACTION; --! transaction-nesting
COMMIT;
END; --! transaction-nesting
ROLLBACK; --! transaction-nesting
