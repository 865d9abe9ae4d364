SET lock_timeout = '1s';
ALTER TABLE email ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id); --! adding-foreign-key-constraint
ALTER TABLE email ADD COLUMN account_id bigint REFERENCES account (id); --! adding-foreign-key-constraint
