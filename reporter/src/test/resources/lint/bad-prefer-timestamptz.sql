CREATE TABLE app (id bigint PRIMARY KEY, a timestamp, b timestamp(3) without time zone); --! prefer-timestamptz prefer-timestamptz
