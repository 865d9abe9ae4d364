SET lock_timeout = '1s';
ALTER TABLE accounts VALIDATE CONSTRAINT positive_balance;
