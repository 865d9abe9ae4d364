SET lock_timeout = '1s';
ALTER TABLE items ADD PRIMARY KEY (id); --! adding-serial-primary-key-field
