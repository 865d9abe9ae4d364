SET lock_timeout = '1s';
ALTER TABLE accounts ADD CONSTRAINT positive_balance CHECK (balance >= 0); --! constraint-missing-not-valid
ALTER TABLE accounts ADD CONSTRAINT later CHECK (balance >= 1) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT later; --! constraint-missing-not-valid
ALTER TABLE accounts ADD CONSTRAINT apart EXCLUDE USING gist (span WITH &&); --! constraint-missing-not-valid
ALTER TABLE accounts ADD CONSTRAINT there NOT NULL owner; --! constraint-missing-not-valid
