-- What Staging holds besides the shop's own tables. The numbers are those the cases count on.

CREATE TYPE order_status AS ENUM ('submitted', 'approved');
CREATE DOMAIN amount AS bigint;

CREATE TABLE people (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,                      -- masked in every snapshot
  name text,                                -- NULL in 7 rows
  phone text,                               -- 3 numbers that two people have: 6 rows
  country text DEFAULT 'DE'
);
INSERT INTO people (email, name, phone)
  SELECT 'person' || n || '@shop.example', CASE WHEN n > 7 THEN 'Person ' || n END, '0800-' || CASE WHEN n > 3 THEN n ELSE n + 3 END
  FROM generate_series(1, 100) n;

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL,                -- of nobody in 5 rows
  total bigint NOT NULL,                    -- below zero in 4 rows
  price text NOT NULL,                      -- no number in 2 rows
  status order_status NOT NULL DEFAULT 'submitted',
  note text
);
INSERT INTO orders (person_id, total, price)
  SELECT CASE WHEN n <= 5 THEN 1000 + n ELSE 1 + n % 100 END, CASE WHEN n > 296 THEN -n ELSE n END,
    CASE WHEN n <= 2 THEN 'free' ELSE n::text END
  FROM generate_series(1, 300) n;
CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE status = 'submitted';
CREATE FUNCTION order_count() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM orders';

-- The large one: 120,000 rows.
CREATE TABLE visits (
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  path varchar(40) NOT NULL,
  seconds integer NOT NULL
);
INSERT INTO visits
  SELECT n, timestamptz '2026-01-01' + n * interval '1 minute', '/page/' || n % 100, n % 60 FROM generate_series(1, 120000) n;
CREATE INDEX visits_at ON visits (at);

-- 50 rows, all different, with indexes that keys can be made of, and without a key.
CREATE TABLE tallies (id bigint NOT NULL, name text NOT NULL, kind text NOT NULL);
INSERT INTO tallies SELECT n, 'tally ' || n, 'kind ' || n % 3 FROM generate_series(1, 50) n;
CREATE UNIQUE INDEX tallies_id ON tallies (id);
CREATE UNIQUE INDEX tallies_name ON tallies (name);

CREATE TABLE readings (at date NOT NULL, value bigint) PARTITION BY RANGE (at);
CREATE TABLE readings_2025 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_2026 PARTITION OF readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO readings SELECT date '2025-06-01' + n, n FROM generate_series(1, 400) n;

CREATE UNLOGGED TABLE drafts (id bigint PRIMARY KEY, body text NOT NULL);
INSERT INTO drafts SELECT n, 'Draft ' || n FROM generate_series(1, 1000) n;

CREATE TABLE carts (id bigint PRIMARY KEY, code text NOT NULL, hint text DEFAULT 'none');
INSERT INTO carts SELECT n, 'cart ' || n FROM generate_series(1, 50) n;
CREATE TABLE cart_items (cart_id bigint NOT NULL REFERENCES carts, pieces bigint NOT NULL);
INSERT INTO cart_items SELECT 1 + n % 50, n FROM generate_series(1, 200) n;

-- 2,000 rows.
CREATE TABLE invoices (id bigint PRIMARY KEY, due amount NOT NULL, remark text);
INSERT INTO invoices (id, due) SELECT n, n FROM generate_series(1, 2000) n;

CREATE TABLE stale (id bigint PRIMARY KEY, body text);
INSERT INTO stale SELECT n, 'Old ' || n FROM generate_series(1, 10) n;

CREATE SCHEMA attic;
CREATE TABLE attic.things (id bigint PRIMARY KEY, name text);
INSERT INTO attic.things SELECT n, 'Thing ' || n FROM generate_series(1, 20) n;
ANALYZE;
