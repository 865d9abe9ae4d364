package dev.offshoot.cli.demo;

/** What the shop's developers have written. */
public final class ShopFiles {
  public static final String MIGRATIONS = "db/migration";

  public static final String V1 = """
      CREATE TABLE customer (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        email text NOT NULL UNIQUE,
        name text NOT NULL
      );
      CREATE TABLE product (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        price_cents integer NOT NULL CHECK (price_cents >= 0)
      );
      """;

  static final String V2 = """
      CREATE TABLE purchase (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id bigint NOT NULL REFERENCES customer,
        product_id bigint NOT NULL REFERENCES product,
        at timestamptz NOT NULL
      );
      CREATE INDEX purchase_customer ON purchase (customer_id);
      """;

  /** On the branch. */
  public static final String V3 = """
      ALTER TABLE product ADD COLUMN cool_rating integer NOT NULL DEFAULT 0;
      """;

  /** On the branch, with the second push. */
  static final String V4 = """
      CREATE TABLE review (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        product_id bigint NOT NULL REFERENCES product,
        stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5)
      );
      """;

  /** The same after a force-push. */
  static final String V4_EDITED = """
      CREATE TABLE review (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        product_id bigint NOT NULL REFERENCES product,
        stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
        body text NOT NULL
      );
      """;

  /** Staging's rows: {@value #CUSTOMERS} customers, {@value #PRODUCTS} products, {@value #PURCHASES} purchases. */
  static final String ROWS = """
      INSERT INTO customer (email, name)
        SELECT 'customer' || n || '@shop.example', 'Customer ' || n FROM generate_series(1, 20000) n;
      INSERT INTO product (name, price_cents)
        SELECT 'Product ' || n, (n * 37) % 10000 FROM generate_series(1, 5000) n;
      INSERT INTO purchase (customer_id, product_id, at)
        SELECT 1 + n % 20000, 1 + n % 5000, timestamptz '2026-01-01' + n * interval '1 minute'
        FROM generate_series(1, 200000) n;
      ANALYZE;
      """;
  static final int CUSTOMERS = 20_000;
  static final int PRODUCTS = 5_000;
  static final int PURCHASES = 200_000;

  private ShopFiles() {}
}
