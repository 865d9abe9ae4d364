package dev.offshoot.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.offshoot.embedded.EmbeddedSolr;

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

  /** On the branch, with the second push. Production has products that cost nothing. */
  static final String V4 = """
      CREATE TABLE review (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        product_id bigint NOT NULL REFERENCES product,
        stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5)
      );
      ALTER TABLE product ADD CONSTRAINT product_costs_something CHECK (price_cents > 0);
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

  /** Production's, which is one migration behind Staging: more products, {@value #GIFTS} of them for nothing, and an index made by hand. */
  static final String PRODUCTION_ROWS = """
      INSERT INTO customer (email, name) SELECT 'real' || n || '@shop.example', 'Real ' || n FROM generate_series(1, 2000) n;
      INSERT INTO product (name, price_cents) SELECT 'Product ' || n, 1 + (n * 37) % 10000 FROM generate_series(1, 6000) n;
      INSERT INTO product (name, price_cents) SELECT 'Gift ' || n, 0 FROM generate_series(1, 3) n;
      CREATE INDEX product_name_by_hand ON product (name);
      ANALYZE;
      """;
  static final int GIFTS = 3;
  static final String PRODUCTION_VERSION = "1";

  /** What of Production's rows a snapshot of it may show. */
  static final String MASKS = """
      postgres:
        "*.*": clear
        customer.email: email
        customer.name: name
      solr:
        "*": clear
      """;

  /** Where the search index's configuration is in git. */
  static final String CONFIG_SET = "solr/conf";

  /** On main: the schema that Staging's core was made with. */
  static String schema() throws IOException {
    try (InputStream schema = Objects.requireNonNull(EmbeddedSolr.class.getResourceAsStream("solr/_default/schema.xml"),
        "the schema is part of the program")) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** On the branch: who looks for a wall finds walls. */
  static String stemmingSchema() throws IOException {
    return schema().replace("<filter name=\"lowercase\"/>", "<filter name=\"lowercase\"/>\n      <filter name=\"porterStem\"/>");
  }

  private ShopFiles() {}
}
