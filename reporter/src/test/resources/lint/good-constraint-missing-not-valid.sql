SET lock_timeout = '1s';
ALTER TABLE accounts ADD CONSTRAINT positive_balance CHECK (balance >= 0) NOT VALID;
ALTER TABLE accounts ADD CONSTRAINT there NOT NULL owner NOT VALID;
