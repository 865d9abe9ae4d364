-- with: no-transaction
BEGIN; --! ban-uncommitted-transaction
CREATE TABLE users (id bigint);
