CREATE TABLE app_user (id bigint PRIMARY KEY, email varchar(100) NOT NULL, c character varying(3)); --! prefer-text-field prefer-text-field
