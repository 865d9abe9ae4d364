package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.ProductionConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Report;
import dev.offshoot.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a push to what its migrations would do in Production, by five real workers. Production is a migration behind Staging, has rows that
 * Staging has not, and an index that somebody made by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RehearsalTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String PRODUCTION = "rehearsed_production";
  private static final String FILLED = """
      CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL);
      CREATE TABLE product (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, price_cents integer NOT NULL CHECK (price_cents >= 0));
      INSERT INTO customer (email, name) SELECT 'real' || n || '@shop.example', 'Real ' || n FROM generate_series(1, 20) n;
      INSERT INTO product (name, price_cents) SELECT 'Product ' || n, n FROM generate_series(1, 1000) n;
      INSERT INTO product (name, price_cents) SELECT 'Gift ' || n, 0 FROM generate_series(1, 3) n;
      CREATE INDEX by_hand ON product (name);
      CREATE TABLE flyway_schema_history (
        installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL,
        script varchar(1000) NOT NULL, checksum integer, installed_by varchar(100) NOT NULL,
        installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL, success boolean NOT NULL);
      """;
  private static final String MASKS = """
      postgres:
        "*.*": clear
        customer.email: email
      """;
  private RunningShop shop;

  @BeforeAll
  void theSystemRuns(@TempDir Path folder) throws Exception {
    production("postgres", "CREATE DATABASE " + PRODUCTION);
    production(PRODUCTION, FILLED);
    Path masks = Files.writeString(folder.resolve("masks.yaml"), MASKS);
    shop = RunningShop.start(folder, "rehearsed", repository -> rehearsed(repository, masks));
  }

  private static RepositoryConfig rehearsed(RepositoryConfig repository, Path masks) {
    StagingConfig database = new StagingConfig(PRODUCTION, Optional.empty(), new StagingConfig.Snapshots(
        Optional.empty(), StagingConfig.Way.AUTO, Optional.empty(), Optional.of(masks)));
    return repository.with(
        new ProductionConfig(database, ProductionConfig.Rehearse.ON_PUSH, Duration.ofDays(1), Duration.ofHours(1)));
  }

  private static void production(String database, String sql) throws Exception {
    EmbeddedPostgres postgres = SharedServers.postgres();
    try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database,
        postgres.adminUser(), postgres.adminPassword()); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @AfterAll
  void theSystemStops() {
    shop.close();
  }

  private Optional<JsonNode> report(EnvironmentState state) {
    return state.report().map(Report::blob).flatMap(key -> new FolderBlobs(shop.config().blobs()).get(key + ".json")).map(json -> {
      try {
        return Json.mapper().readTree(json);
      } catch (java.io.IOException e) {
        throw new AssertionError(e);
      }
    });
  }

  private JsonNode awaitRehearsed(String branch, Commit commit) {
    EnvironmentState state = shop.await(branch, "rehearsed", s -> s.report().filter(report -> report.commit().equals(commit)).isPresent()
        && report(s).filter(report -> report.at("/findings/production/is").asText().equals("present")).isPresent());
    return report(state).orElseThrow();
  }

  private List<EnvironmentState> rehearsals() {
    return shop.table().all().stream().filter(state -> state.presence()
        .filter(present -> present.origin().kind() == EnvironmentKind.REHEARSAL).isPresent()).toList();
  }

  private void nothingIsLeft() {
    Eventually.await("every rehearsal is gone", SOON, this::rehearsals,
        all -> !all.isEmpty() && all.stream().allMatch(state -> state.phase() == Phase.DESTROYED));
    assertThat(rehearsals()).allSatisfy(state -> assertThat(state.backups().map(kept -> kept.receipts())).hasValue(List.of()));
    assertThat(left("SELECT count(*) FROM pg_database WHERE datname ~ '_r[a-z2-7]{10}_i'")).isZero();
    assertThat(left("SELECT count(*) FROM pg_roles WHERE rolname ~ '_r[a-z2-7]{10}_i'")).isZero();
  }

  private long left(String count) {
    try {
      return shop.number("postgres", count);
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatProductionsRowsViolateIsBlockedThoughStagingTakesIt() throws Exception {
    Commit commit = shop.push("feature/paid", "V3__paid.sql",
        "ALTER TABLE product ADD CONSTRAINT costs_something CHECK (price_cents > 0);\n");

    EnvironmentState ready = shop.awaitReadyAt("feature/paid", commit);
    JsonNode report = awaitRehearsed("feature/paid", commit);

    assertThat(report.at("/verdict/judgement").asText()).isEqualTo("BLOCKED");
    assertThat(report.at("/verdict/reasons").valueStream().map(reason -> reason.path("id").asText())).contains("rehearsal-failed");
    JsonNode run = report.at("/findings/production/value/run");
    assertThat(run.at("/failure/failure/sqlState").asText()).isEqualTo("23514");
    assertThat(run.at("/failure/statement/constraint").asText()).isEqualTo("costs_something");
    assertThat(run.at("/failure/statement/rows/count").asInt()).isEqualTo(3);
    assertThat(run.at("/failure/statement/rows/keys").valueStream().map(JsonNode::asText)).isNotEmpty().noneMatch(key -> key.contains("100"));
    assertThat(run.path("applied").valueStream().map(one -> one.path("script").asText()))
        .as("what was merged and not brought to Production yet").containsExactly("V1__customers_and_products.sql", "V2__purchases.sql");
    assertThat(report.at("/findings/failure").isNull()).isTrue();
    nothingIsLeft();

    EnvironmentState after = shop.table().of(ready.id());
    assertThat(after.phase()).isEqualTo(Phase.READY);
    assertThat(after.stores()).isEqualTo(ready.stores());
    assertThat(after.report().flatMap(Report::judgement)).hasValue(Judgement.BLOCKED);
    assertThat(shop.run("dead-letters", "list").out()).doesNotContain("~");
  }
}
