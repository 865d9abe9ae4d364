BEGIN; --! transaction-nesting
CREATE TABLE a (id bigint);
COMMIT; --! transaction-nesting
