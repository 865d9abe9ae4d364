package dev.offshoot.migrator;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.LifecycleEvent.HistoryReplayed;
import dev.offshoot.event.LifecycleEvent.SnapshotPublished;
import dev.offshoot.event.Replayed;
import dev.offshoot.event.Subject;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.git.SampleRepository;
import dev.offshoot.migrator.flyway.CommitResources;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** A history on a real server, run again by a real child. */
class ReplaysTest {
  private static final Origin PRODUCTION = Origin.production(CloneFixture.SHOP, "main");
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = SharedServers.postgres();
  private static final SourceFile FIRST = file("V1__a.sql", "CREATE TABLE a (id int PRIMARY KEY);");
  private static final SourceFile THIRD = file("V3__c.sql", "CREATE VIEW shown AS SELECT id FROM a;");
  private static final SourceFile LATE = file("late/in/V2__b.sql", "CREATE TABLE b AS SELECT id FROM shown;");

  @TempDir
  private Path folder;
  private SampleRepository repository;
  private Epoch epoch = epoch();

  @BeforeEach
  void open() throws Exception {
    repository = SampleRepository.create(folder.resolve("shop.git"));
    epoch = epoch();
    for (ResourceName name : List.of(reference(), empty())) {
      String quoted = '"' + name.value() + '"';
      admin("postgres", "CREATE DATABASE " + quoted);
      admin("postgres", "CREATE ROLE " + quoted + " LOGIN PASSWORD '"
          + new Credentials(CloneFixture.CREDENTIALS).password(name, StoreKind.POSTGRES).reveal() + "'");
    }
    admin(empty().value(), "ALTER SCHEMA public OWNER TO \"" + empty() + '"');
  }

  private static Epoch epoch() {
    Instant at = Instant.parse("2026-11-22T10:00:00Z").plusSeconds(COUNT.incrementAndGet());
    return new Epoch(EpochId.at(at), at, List.of());
  }

  private static SourceFile file(String name, String text) {
    return new SourceFile("db/migration/" + name, name, text);
  }

  private ResourceName reference() {
    return ResourceName.reference(CloneFixture.SHOP, PRODUCTION.environment(), epoch.id());
  }

  private ResourceName empty() {
    return ResourceName.replay(CloneFixture.SHOP, PRODUCTION.environment(), epoch.id());
  }

  private static void admin(String database, String sql) throws SQLException {
    try (Connection session = DriverManager.getConnection(SERVER.jdbcUrl(database), SERVER.adminUser(), SERVER.adminPassword());
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(ResourceName database, String sql) throws SQLException {
    try (Connection session = DriverManager.getConnection(SERVER.jdbcUrl(database.value()), SERVER.adminUser(), SERVER.adminPassword());
        Statement statement = session.createStatement(); ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private void released(SourceFile... files) throws SQLException {
    Flyway.configure().dataSource(SERVER.jdbcUrl(reference().value()), SERVER.adminUser(), SERVER.adminPassword()).outOfOrder(true)
        .resourceProvider(new CommitResources(List.of(files))).locations(new String[0]).load().migrate();
    admin(reference().value(), "GRANT SELECT ON flyway_schema_history TO \"" + reference() + '"');
  }

  private Commit onMain(SourceFile... files) throws Exception {
    SampleRepository.Tree tree = repository.tree();
    for (SourceFile file : files) {
      tree.file(file.name(), file.text());
    }
    return repository.commit(GitRef.ofBranch("main"), tree);
  }

  private HistoryReplayed replay() throws Exception {
    RepositoryConfig config = new RepositoryConfig(CloneFixture.SHOP, GitHostName.GITEA, "acme/shop", repository.url(), "main", List.of(),
        RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS, new StagingConfig("shop", Optional.empty()));
    Databases databases = new Databases(new Credentials(CloneFixture.CREDENTIALS), WorkerFixture.CHILDREN, Duration.ofMinutes(1), Optional.of(
        new PostgresConfig("127.0.0.1", SERVER.port(), SERVER.adminUser(), new Secret(SERVER.adminPassword()), 20)));
    Replays replays = new Replays(
        Map.of(CloneFixture.SHOP, new MigrationFiles(new JGitRepository(repository.url()), config)), databases, Clock.systemUTC());
    Outcome outcome = replays.replay(
        new SnapshotPublished(new Subject(PRODUCTION, Incarnation.FIRST, Optional.empty()), epoch, Duration.ZERO),
        new MemoryContext(EnvironmentState.unknown(PRODUCTION.environment())).with(new Epochs(List.of(epoch))));
    return (HistoryReplayed) WorkerFixture.publication(outcome).events().getFirst();
  }

  @Test
  void whatWasAppliedOutOfOrderIsRunAgainInThatOrderAndOnceOnly() throws Exception {
    released(FIRST, THIRD);
    released(FIRST, THIRD, LATE);
    Commit tip = onMain(FIRST, LATE, THIRD, file("V4__not_released.sql", "CREATE TABLE d (id int);"));

    HistoryReplayed first = replay();
    HistoryReplayed again = replay();

    assertThat(first.subject().commit()).hasValue(tip);
    assertThat(first.replayed()).isEqualTo(new Replayed(epoch.id(), 3, List.of(), Optional.empty())).isEqualTo(again.replayed());
    assertThat(ask(empty(), "SELECT string_agg(script, ' ' ORDER BY installed_rank) FROM flyway_schema_history"))
        .isEqualTo("V1__a.sql V3__c.sql late/in/V2__b.sql");
    assertThat(ask(empty(), "SELECT to_regclass('d')")).isEqualTo("null");
    assertThat(ask(empty(), "SELECT tableowner FROM pg_tables WHERE tablename = 'b'")).isEqualTo(empty().value());
  }

  @Test
  void aKilledRunIsCarriedOnWith() throws Exception {
    released(FIRST, THIRD);
    released(FIRST, THIRD, LATE);
    onMain(FIRST, LATE, THIRD);
    Flyway.configure().dataSource(SERVER.jdbcUrl(empty().value()), empty().value(),
            new Credentials(CloneFixture.CREDENTIALS).password(empty(), StoreKind.POSTGRES).reveal())
        .resourceProvider(new CommitResources(List.of(FIRST))).locations(new String[0]).load().migrate();

    assertThat(replay().replayed().migrations()).isEqualTo(3);
  }

  @Test
  void whatCannotBeAppliedToAnEmptyDatabaseIsNotKnownAndNoFailure() throws Exception {
    SourceFile needsRows = file("V2__rows.sql", "SELECT 1 / (SELECT count(*)::int FROM a);");
    released(FIRST);
    admin(reference().value(), "INSERT INTO a VALUES (1)");
    released(FIRST, needsRows);
    onMain(FIRST, needsRows);

    assertThat(replay().replayed().obstacle()).hasValueSatisfying(
        why -> assertThat(why).contains("could not be applied to an empty database").contains("division by zero"));
  }

  @Test
  void whatWasEditedSinceIsToldAndNothingIsRun() throws Exception {
    released(FIRST);
    onMain(file("V1__a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);"));

    assertThat(replay().replayed().changes()).containsExactly("V1__a.sql was applied there with another text than the commit has");
    assertThat(ask(empty(), "SELECT to_regclass('a')")).isEqualTo("null");
  }
}
