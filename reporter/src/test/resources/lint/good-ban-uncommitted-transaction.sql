-- with: no-transaction
BEGIN;
CREATE TABLE users (id bigint);
COMMIT;
