CREATE TABLE app (id bigint PRIMARY KEY, a timestamptz, b timestamp(3) with time zone, c date);
