package dev.offshoot.reporter.clone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.reporter.model.SchemaDifference;

/**
 * The difference that is reported, judged by pg_dump: whoever runs its SQL on the old schema has the new one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaComparisonTest {
  private static final String OLD = """
      CREATE TYPE state AS ENUM ('new', 'paid');
      CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text, city varchar(20));
      CREATE TABLE orders (id serial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, total int DEFAULT 0,
        state state NOT NULL DEFAULT 'new', placed timestamptz);
      CREATE INDEX orders_by_customer ON orders (customer_id);
      CREATE VIEW paid AS SELECT id, total FROM orders WHERE state = 'paid';
      CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
      """;

  private Optional<InstalledPostgres> running = Optional.empty();
  private int count;

  @BeforeAll
  void start() throws Exception {
    running = Optional.of(InstalledPostgres.start());
    server().run("postgres", "CREATE DATABASE old");
    server().run("old", OLD);
  }

  @AfterAll
  void stop() {
    running.ifPresent(InstalledPostgres::close);
  }

  private InstalledPostgres server() {
    return running.orElseThrow();
  }

  private SchemaDifference difference(String change) throws SQLException, IOException, InterruptedException {
    return difference(change, FlywayConfig.DEFAULT);
  }

  private SchemaDifference difference(String change, FlywayConfig history) throws SQLException, IOException, InterruptedException {
    count++;
    server().run("postgres", "CREATE DATABASE fresh" + count + " TEMPLATE old");
    server().run("fresh" + count, change);
    return SchemaComparison.compare(server().login("old"), server().login("fresh" + count), history);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "ALTER TABLE customers ADD phone text, ALTER email SET NOT NULL, DROP city; CREATE UNIQUE INDEX ON customers (lower(email))",
      "CREATE TABLE lines (order_id int REFERENCES orders ON DELETE CASCADE, n int CHECK (n > 0), PRIMARY KEY (order_id, n));"
          + " COMMENT ON TABLE lines IS 'it''s a comment'; DROP INDEX orders_by_customer",
      "CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n + n';"
          + " CREATE OR REPLACE VIEW paid AS SELECT id, total, placed FROM orders WHERE state = 'paid' AND total > 0",
      "CREATE TABLE log (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);"
          + " CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
      "DROP VIEW paid; ALTER TABLE orders ALTER total TYPE numeric(12,2), ALTER total DROP DEFAULT;"
          + " CREATE SEQUENCE invoice START 1000; CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100)",
      "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.placed := now(); RETURN NEW; END $$;"
          + " CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()"})
  void itsSqlBringsTheOldSchemaToTheNewAsPgDumpSees(String change) throws Exception {
    SchemaDifference difference = difference(change);
    assertThat(difference.remarks()).isEmpty();
    assertThat(difference.changes().items()).isNotEmpty();
    server().run("postgres", "CREATE DATABASE rebuilt" + count + " TEMPLATE old");

    server().run("rebuilt" + count, difference.sql());

    assertThat(server().schema("rebuilt" + count)).isEqualTo(server().schema("fresh" + count))
        .isNotEqualTo(server().schema("old"));
  }

  @Test
  void flywaysHistoryIsLeftOutWhereItIsAndNothingElseOfItsName() throws Exception {
    String change = "CREATE SCHEMA audit; CREATE TABLE audit.versions (id int PRIMARY KEY); CREATE TABLE versions (id int);"
        + " CREATE TABLE flyway_schema_history (id int)";

    assertThat(difference(change, new FlywayConfig(false, List.of("audit"), "versions", Map.of())).changes().items())
        .extracting(SchemaDifference.Change::name).containsExactlyInAnyOrder("audit", "public.versions", "public.flyway_schema_history");
    assertThat(difference(change).changes().items()).extracting(SchemaDifference.Change::name)
        .contains("audit.versions", "public.versions").doesNotContain("public.flyway_schema_history");
  }

  @Test
  void whatPgDumpSeesNoDifferenceInHasNone() throws Exception {
    SchemaDifference difference = difference("INSERT INTO customers (email) VALUES ('a'); ANALYZE");

    assertThat(difference).isEqualTo(SchemaDifference.NONE);
    assertThat(server().schema("fresh" + count)).isEqualTo(server().schema("old"));
  }
}
