package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.cli.demo.ShopFiles;
import dev.offshoot.config.ProductionConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.wire.Json;

/**
 * From a push to what its migrations would do in Production, by five real workers. Production is a migration behind Staging, has rows that
 * Staging has not, and an index that somebody made by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RehearsalTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final String PRODUCTION = "rehearsed_production";
  private static final String ROWS = """
      INSERT INTO customer (email, name) SELECT 'real' || n || '@shop.example', 'Real ' || n FROM generate_series(1, 20) n;
      INSERT INTO product (name, price_cents) SELECT 'Product ' || n, n FROM generate_series(1, 1000) n;
      INSERT INTO product (name, price_cents) SELECT 'Gift ' || n, 0 FROM generate_series(1, 3) n;
      CREATE INDEX by_hand ON product (name);
      """;
  private static final String MASKS = """
      postgres:
        "*.*": clear
        customer.email: email
      """;
  private RunningShop shop;
  private Path masks = Path.of("");

  @BeforeAll
  void theSystemRuns(@TempDir Path folder) throws Exception {
    production("postgres", "CREATE DATABASE " + PRODUCTION);
    Files.writeString(Files.createDirectory(folder.resolve("released")).resolve("V1__customers_and_products.sql"), ShopFiles.V1);
    Flyway.configure().dataSource(url(PRODUCTION), SharedServers.postgres().adminUser(), SharedServers.postgres().adminPassword())
        .locations("filesystem:" + folder.resolve("released")).load().migrate();
    production(PRODUCTION, ROWS);
    masks = Files.writeString(folder.resolve("masks.yaml"), MASKS.replace("\"*.*\": clear", "customer.name: clear"));
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
    try (Connection connection = DriverManager.getConnection(
        url(database), postgres.adminUser(), postgres.adminPassword()); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + SharedServers.postgres().port() + "/" + database;
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

  /** It may come after the report, which is then written again. */
  private JsonNode awaitHistory(String branch) {
    return awaitHistory("history", branch);
  }

  private JsonNode awaitHistory(String part, String branch) {
    EnvironmentState state = shop.table().of(shop.environment(branch));
    return Eventually.await(part + " is in the report", SOON, () -> report(state).orElseThrow(),
        report -> report.at("/findings/" + part + "/is").asText().equals("present"));
  }

  private List<EnvironmentState> rehearsals() {
    return shop.table().all().stream().filter(state -> state.presence()
        .filter(present -> present.origin().kind() == EnvironmentKind.REHEARSAL).isPresent()).toList();
  }

  private void nothingIsLeft() {
    Eventually.await("every rehearsal is gone", SOON, this::rehearsals,
        all -> !all.isEmpty()
            && all.stream().allMatch(state -> state.phase() == Phase.DESTROYED && state.backups().isPresent()));
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

  /** The policy says nothing of the other columns yet. */
  @Test
  @Order(1)
  void whatCannotBeRehearsedSaysWhyUntilItCan() throws Exception {
    Commit commit = shop.push("feature/early", "V3__early.sql", "CREATE TABLE early (id bigint PRIMARY KEY);\n");

    shop.await("feature/early", "refused", state -> state.report().filter(report -> report.commit().equals(commit)).isPresent()
        && report(state).filter(report -> report.at("/findings/production/why").asText().contains("no snapshot of Production")).isPresent());
    RunningShop.Ran refused = shop.run("rehearse", "rehearsed", "feature/early");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("Not rehearsed", "there is no snapshot of Production", "price_cents");
    assertThat(shop.run("events", "feature/early").out()).contains("not rehearsed on Production's snapshot");
    assertThat(shop.run("env", "show", EnvironmentId.production(new RepositoryKey("rehearsed")).value()).out()).contains("price_cents");

    Files.writeString(masks, MASKS);
    RunningShop.Ran again = shop.run("rehearse", "rehearsed", "feature/early");
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    awaitRehearsed("feature/early", commit);
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
        .as("what was merged and not brought to Production yet").containsExactly("V2__purchases.sql");
    assertThat(report.at("/findings/failure").isNull()).isTrue();
    nothingIsLeft();

    EnvironmentState after = shop.table().of(ready.id());
    assertThat(after.phase()).isEqualTo(Phase.READY);
    assertThat(after.stores()).isEqualTo(ready.stores());
    assertThat(after.report().flatMap(Report::judgement)).hasValue(Judgement.BLOCKED);
    assertThat(shop.run("dead-letters", "list").out()).doesNotContain("~");
  }

  @Test
  void whatProductionTakesIsToldWithItsSizeItsDriftAndWhatMasksHide() throws Exception {
    Commit commit = shop.push("feature/mail", "V3__mail.sql", """
        ALTER TABLE customer ADD CONSTRAINT has_an_at CHECK (email LIKE '%@%');
        CREATE INDEX product_price ON product (price_cents);
        """);

    JsonNode report = awaitRehearsed("feature/mail", commit);

    JsonNode production = report.at("/findings/production/value");
    assertThat(production.at("/run/failure").isNull()).as(report.toPrettyString()).isTrue();
    assertThat(production.at("/run/applied").valueStream().map(one -> one.path("script").asText()))
        .containsExactly("V2__purchases.sql", "V3__mail.sql");
    assertThat(production.at("/run/trial/value/runs/0/statements").size()).isGreaterThanOrEqualTo(4);
    assertThat(production.at("/sizes/value/database").asLong()).isGreaterThan(1_000_000);
    assertThat(production.at("/sizes/value/tables/items").valueStream().map(table -> table.path("name").asText()))
        .contains("public.product");
    assertThat(production.at("/masking/value/constraints/items").valueStream().map(one -> one.path("name").asText()))
        .contains("has_an_at");
    assertThat(report.path("notChecked").valueStream().map(one -> one.path("what").asText()))
        .anyMatch(what -> what.startsWith("Whether Production's real rows satisfy has_an_at"));
    assertThat(report.at("/findings/drift/value/difference/changes/items").valueStream()
        .map(change -> change.path("kind").asText() + " " + change.path("name").asText())).containsExactly("ADDED public.product.by_hand");
    JsonNode history = awaitHistory("feature/mail").at("/findings/history/value");
    assertThat(history.path("migrations").asInt()).as(history.toPrettyString()).isEqualTo(1);
    assertThat(history.path("changes").size()).isZero();
    assertThat(history.at("/difference/value/changes/items").valueStream()
        .map(change -> change.path("kind").asText() + " " + change.path("name").asText())).containsExactly("ADDED public.product.by_hand");
    assertThat(awaitHistory("feature/mail").at("/verdict/reasons").valueStream().map(reason -> reason.path("id").asText()))
        .contains("drift", "production-drift");
    assertThat(shop.run("events").out()).contains("run again on an empty database: 1 migration applied");
    JsonNode staging = awaitHistory("stagingHistory", "feature/mail").at("/findings/stagingHistory/value");
    assertThat(staging.path("migrations").asInt()).as(staging.toPrettyString()).isEqualTo(2);
    assertThat(staging.at("/difference/value/changes/items").size()).isZero();
    assertThat(awaitHistory("feature/mail").at("/verdict/reasons").valueStream().map(reason -> reason.path("id").asText()))
        .doesNotContain("staging-drift");
    String html = page(shop.table().of(shop.environment("feature/mail")));
    assertThat(html).contains("Rehearsal on Production", "How large Production is", "has_an_at", "by_hand", "Production against its own history",
        "Staging against its own history");
    nothingIsLeft();

    RunningShop.Ran again = shop.run("rehearse", "rehearsed", "feature/mail", "--json");
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    assertThat(again.json().path("applied").size()).isEqualTo(2);
    assertThat(shop.run("snapshot", "list").out()).contains("production", "staging");
    assertThat(shop.run("rehearse", "rehearsed", "feature/none").err()).contains("has no environment that stands");
    assertThat(shop.run("snapshot", "take", "rehearsed", "--of", "elsewhere").err()).contains("staging or production");
    nothingIsLeft();
  }

  /** Of the snapshot that the branch was cloned from; what another was cloned from is another's. */
  @Test
  @Order(Integer.MAX_VALUE)
  void whatSomebodyChangedInStagingByHandIsToldAsANote() throws Exception {
    shop.admin("rehearsed_staging", "CREATE INDEX in_staging_by_hand ON product (name)");
    assertThat(shop.run("snapshot", "take", "rehearsed").status()).isZero();
    Commit commit = shop.push("feature/after", "V3__after.sql", "CREATE TABLE after (id bigint PRIMARY KEY);\n");
    shop.await("feature/after", "reported", state -> state.report().filter(report -> report.commit().equals(commit)).isPresent());

    JsonNode report = awaitHistory("stagingHistory", "feature/after");

    assertThat(report.at("/findings/stagingHistory/value/difference/value/changes/items").valueStream()
        .map(change -> change.path("kind").asText() + " " + change.path("name").asText()))
        .containsExactly("ADDED public.product.in_staging_by_hand");
    assertThat(report.at("/verdict/reasons").valueStream().filter(reason -> reason.path("id").asText().equals("staging-drift"))
        .map(reason -> reason.path("weight").asText())).containsExactly("NOTE");
    shop.run("env", "destroy", "feature/after");
    nothingIsLeft();
  }

  /** The rehearsals never end by themselves, so whatever ends the command is what it is told of. */
  @Test
  void whoWaitsIsToldThatTheEnvironmentHasMovedOn() throws Exception {
    String sleeps = "DO $$ BEGIN IF (SELECT count(*) FROM product) > 500 THEN PERFORM pg_sleep(3600); END IF; END $$;\n";
    Commit first = shop.push("feature/asleep", "V3__asleep.sql", sleeps);
    shop.awaitReadyAt("feature/asleep", first);
    RunningShop.Started pushed = waiting(first);

    Commit second = shop.push("feature/asleep", "V4__more.sql", "CREATE TABLE more (id bigint PRIMARY KEY);\n");
    assertHasMovedOn(pushed, "was brought to " + second.brief());

    shop.awaitReadyAt("feature/asleep", second);
    RunningShop.Started rebuilt = waiting(second);
    assertThat(shop.run("replay", shop.environment("feature/asleep").value()).status()).isZero();
    assertHasMovedOn(rebuilt, "is made anew meanwhile, as incarnation 2");

    RunningShop.Started destroyed = waiting(second);
    assertThat(shop.run("env", "destroy", shop.environment("feature/asleep").value()).status()).isZero();
    assertHasMovedOn(destroyed, "was destroyed meanwhile");
    nothingIsLeft();
  }

  private RunningShop.Started waiting(Commit commit) {
    RunningShop.Started waiting = shop.begin("rehearse", "rehearsed", "feature/asleep", "--json");
    waiting.says("Waits for the rehearsal of " + commit.brief());
    Eventually.await("it is rehearsed", SOON, this::rehearsals, all -> all.stream().anyMatch(state -> state.phase() == Phase.MIGRATING
        && state.presence().orElseThrow().tip().equals(Optional.of(commit))));
    return waiting;
  }

  private static void assertHasMovedOn(RunningShop.Started waiting, String how) {
    RunningShop.Ran ended = waiting.end().orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("Not rehearsed to its end", how, "rehearse again");
  }

  private String page(EnvironmentState state) {
    return state.report().map(Report::blob).flatMap(key -> new FolderBlobs(shop.config().blobs()).get(key + ".html"))
        .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8)).orElse("");
  }
}
