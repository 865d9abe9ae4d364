package dev.offshoot.provisioner.postgres.snapshot;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.PostgresPrograms;
import dev.offshoot.config.ProductionConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StagingConfig.Snapshots;
import dev.offshoot.config.StagingServer;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.StoreSnapshot.Way;
import dev.offshoot.provisioner.postgres.DebianPostgres;
import dev.offshoot.provisioner.postgres.PostgresExamination;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.store.Finding;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.worker.Failure;

/** Needs a PostgreSQL with its programs; skipped where none is installed. */
class DumpedSnapshotTest {
  private static final EpochId EPOCH = EpochId.at(Instant.parse("2026-11-22T10:00:00Z"));
  private static Optional<DebianPostgres> debian = Optional.empty();

  @TempDir
  private Path dumps;

  @BeforeAll
  static void aServerWithProgramsRuns() throws SQLException {
    debian = Optional.of(DebianPostgres.start());
    run("postgres", "CREATE ROLE elsewhere LOGIN", "CREATE DATABASE far_staging OWNER elsewhere");
    run("far_staging", "CREATE SCHEMA ext", "CREATE EXTENSION pgcrypto SCHEMA ext", "CREATE EXTENSION citext",
        "CREATE TABLE product (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name citext)",
        "ALTER TABLE product OWNER TO elsewhere", "GRANT SELECT ON product TO elsewhere",
        "INSERT INTO product (name) SELECT 'p' || g FROM generate_series(1, 1000) g",
        "CREATE MATERIALIZED VIEW names AS SELECT name FROM product", "CREATE INDEX ON product (lower(name::text))",
        "CREATE SCHEMA other", "CREATE TABLE other.event (day date) PARTITION BY RANGE (day)",
        "CREATE TABLE other.event_2026 PARTITION OF other.event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
  }

  @AfterAll
  static void itIsStopped() {
    debian.ifPresent(DebianPostgres::close);
  }

  private static PostgresConfig server() {
    return debian.orElseThrow().config();
  }

  private static void run(String database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(AdminSession.url(server(), database), "postgres", "unused")) {
      PostgresFixture.run(connection, statements);
    }
  }

  private static RepositoryConfig repository(Optional<StagingServer> at, StagingConfig.Way way) {
    RepositoryConfig plain = PostgresFixture.repository("far", "far_staging", Optional.empty());
    return new RepositoryConfig(plain.key(), plain.host(), plain.fullName(), plain.url(), plain.defaultBranch(), plain.secrets(),
        plain.create(), plain.migrations(), plain.staging().with(new Snapshots(at, way, Optional.empty(), Optional.empty())));
  }

  private PostgresEpochs epochs(PostgresConfig target) {
    return new PostgresEpochs(target.with(new PostgresPrograms(DebianPostgres.bin(), Optional.of(dumps))), CREDENTIALS,
        Clock.systemUTC());
  }

  private static void isWhole(PostgresConfig target, StoreSnapshot part) throws SQLException {
    try (AdminSession session = AdminSession.open(target, AdminSession.HOME, "test")) {
      session.run("DROP DATABASE IF EXISTS far_look", "CREATE DATABASE far_look TEMPLATE " + Sql.name(part.name()));
      try (AdminSession inside = AdminSession.open(target, "far_look", "test")) {
        assertThat(inside.first("SELECT count(*) FROM public.product", row -> row.getInt(1))).contains(1000);
        assertThat(inside.first("SELECT count(*) FROM public.names", row -> row.getInt(1))).contains(1000);
        assertThat(inside.list("SELECT extname || ' ' || extnamespace::regnamespace FROM pg_extension ORDER BY 1",
            row -> row.getString(1))).containsExactly("citext public", "pgcrypto ext", "plpgsql pg_catalog");
        assertThat(inside.list("""
            SELECT DISTINCT relowner::regrole::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE nspname IN ('public', 'other', 'ext') AND relkind IN ('r', 'p', 'm')""", row -> row.getString(1)))
            .containsExactly("offshoot_snapshot");
      }
      session.run("DROP DATABASE far_look");
    }
  }

  @Test
  void stagingOfAnotherServerIsDumped() throws Exception {
    PostgresConfig from = server();
    RepositoryConfig repository = repository(
        Optional.of(new StagingServer(from.host(), from.port(), from.user(), from.password())), StagingConfig.Way.AUTO);
    PostgresEpochs epochs = epochs(PostgresFixture.config());

    StoreSnapshot part = epochs.snapshot(repository, EPOCH).orElseThrow();

    assertThat(part.taking().orElseThrow().way()).isEqualTo(Way.DUMP);
    isWhole(PostgresFixture.config(), part);
    // the size is read anew, and PostgreSQL's own files come and go
    assertThat(epochs.snapshot(repository, EPOCH).orElseThrow()).usingRecursiveComparison().ignoringFields("bytes").isEqualTo(part);
    try (Stream<Path> left = Files.list(dumps)) {
      assertThat(left).isEmpty();
    }
    epochs.retire(repository, EPOCH);
  }

  /** What reads that server need not be as new as the one that clones are made on. */
  @Test
  void theDoctorLooksForProgramsOfTheServerThatIsDumped() {
    PostgresConfig from = server();
    RepositoryConfig repository = repository(
        Optional.of(new StagingServer(from.host(), from.port(), from.user(), from.password())), StagingConfig.Way.AUTO);
    PostgresConfig target = PostgresFixture.config().with(new PostgresPrograms(DebianPostgres.bin(), Optional.of(dumps)));

    List<Finding> programs = new PostgresExamination(target).examine(List.of(repository)).stream()
        .filter(finding -> finding.subject().equals("pg_dump")).toList();

    assertThat(programs).hasSize(2).noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
    assertThat(programs.getLast().level()).isEqualTo(Finding.Level.OK);
  }

  /** The rows of its history stay beside it, and so does a database that is empty but for what only an administrator makes. */
  @Test
  void productionOfAnotherServerIsDumpedTooAndItsHistoryCanBeRunAgain() throws Exception {
    PostgresConfig from = server();
    Path masks = Files.writeString(dumps.resolveSibling("masks-of-production.yaml"), "postgres:\n  \"*.*\": clear\n  \"other.*.*\": clear\n");
    run("far_staging", "CREATE TABLE flyway_schema_history (installed_rank int, version text)",
        "INSERT INTO flyway_schema_history VALUES (1, '7')");
    Snapshots there = new Snapshots(Optional.of(new StagingServer(from.host(), from.port(), from.user(), from.password())),
        StagingConfig.Way.AUTO, Optional.empty(), Optional.of(masks));
    Original production = Original.production(repository(Optional.empty(), StagingConfig.Way.AUTO).with(new ProductionConfig(
        new StagingConfig("far_staging", Optional.empty(), there), ProductionConfig.Rehearse.ON_PUSH, Duration.ofDays(1), Duration.ofHours(1))))
        .orElseThrow();
    PostgresEpochs epochs = epochs(PostgresFixture.config());

    StoreSnapshot part = epochs.snapshot(production, EPOCH).orElseThrow();

    assertThat(part.taking().orElseThrow().way()).isEqualTo(Way.DUMP);
    isWhole(PostgresFixture.config(), part);
    try (Connection reference = loggedIn(production.reference(EPOCH)); Connection empty = loggedIn(production.replay(EPOCH))) {
      assertThat(one(reference, "SELECT version FROM flyway_schema_history")).isEqualTo("7");
      assertThat(one(reference, "SELECT count(*) FROM pg_class WHERE relname = 'product'")).isEqualTo("1");
      assertThatThrownBy(() -> one(reference, "SELECT count(*) FROM product")).hasMessageContaining("permission denied");
      assertThat(one(empty, "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension")).isEqualTo("citext pgcrypto plpgsql");
      assertThat(one(empty, "SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_|^inf'"))
          .isEqualTo("ext public");
      assertThat(one(empty, "SELECT count(*) FROM pg_class c WHERE relkind IN ('r', 'p', 'm', 'v') AND relnamespace = 'public'::regnamespace"))
          .isEqualTo("0");
      PostgresFixture.run(empty, "CREATE SCHEMA other", "CREATE TABLE other.event (day date)", "CREATE TABLE product (name citext)");
    }
    epochs.retire(production, EPOCH);
    try (AdminSession session = AdminSession.open(PostgresFixture.config(), AdminSession.HOME, "test")) {
      String prefix = production.prefix();
      assertThat(session.list("SELECT datname FROM pg_database WHERE strpos(datname, ?) > 0", row -> row.getString(1), prefix)).isEmpty();
      assertThat(session.list("SELECT rolname FROM pg_roles WHERE strpos(rolname, ?) > 0", row -> row.getString(1), prefix)).isEmpty();
    }
  }

  private static Connection loggedIn(ResourceName name) throws SQLException {
    return DriverManager.getConnection(AdminSession.url(PostgresFixture.config(), name.value()), name.value(),
        CREDENTIALS.password(name, StoreKind.POSTGRES).reveal());
  }

  private static String one(Connection session, String query) throws SQLException {
    try (Statement statement = session.createStatement(); ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void stagingInUseIsDumped() throws Exception {
    RepositoryConfig repository = repository(Optional.empty(), StagingConfig.Way.AUTO);
    try (Connection _ = DriverManager.getConnection(AdminSession.url(server(), "far_staging"), "postgres", "unused")) {
      StoreSnapshot part = epochs(server()).snapshot(repository, EPOCH).orElseThrow();

      assertThat(part.taking().orElseThrow().way()).isEqualTo(Way.DUMP);
      isWhole(server(), part);
    }
  }

  @Test
  void withoutProgramsStagingInUseIsWaitedForAndSaysWhatWouldHelp() throws Exception {
    RepositoryConfig repository = repository(Optional.empty(), StagingConfig.Way.AUTO);
    PostgresEpochs epochs = new PostgresEpochs(
        server().with(new PostgresPrograms(Optional.of(dumps), Optional.of(dumps))), CREDENTIALS, Clock.systemUTC());
    EpochId other = EpochId.at(Instant.parse("2026-11-22T11:00:00Z"));
    try (Connection _ = DriverManager.getConnection(AdminSession.url(server(), "far_staging"), "postgres", "unused")) {
      assertThatThrownBy(() -> epochs.snapshot(repository, other)).isInstanceOf(Failure.class)
          .hasMessageContainingAll("there are none in " + dumps, "postgresql-client")
          .extracting(f -> ((Failure) f).kind()).isEqualTo(Failure.Kind.BUSY);
    }
  }

  @Test
  void aDumpIsRefusedFromAServerThatIsNewer() {
    PostgresConfig newer = PostgresFixture.config();
    RepositoryConfig repository = repository(
        Optional.of(new StagingServer(newer.host(), newer.port(), newer.user(), newer.password())), StagingConfig.Way.DUMP);
    RepositoryConfig there = new RepositoryConfig(repository.key(), repository.host(), repository.fullName(), repository.url(),
        repository.defaultBranch(), List.copyOf(repository.secrets()), repository.create(), repository.migrations(),
        new StagingConfig("postgres", Optional.empty(), repository.staging().snapshots()));

    assertThatThrownBy(() -> epochs(server()).snapshot(there, EPOCH)).isInstanceOf(Failure.class)
        .hasMessageContainingAll("version 18", "not older");
  }
}
