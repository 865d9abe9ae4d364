package dev.offshoot.migrator;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.flyway.CommitResources;
import dev.offshoot.worker.MemoryContext;

/**
 * An environment's database as the provisioner hands it over: its role owns the schema, and can connect to nothing
 * else.
 */
final class CloneFixture {
  static final RepositoryKey SHOP = new RepositoryKey("shop");
  static final CredentialsConfig CREDENTIALS = new CredentialsConfig("k1",
      new Secret("0123456789abcdef0123456789abcdef"));
  /** Not the first, so that another can serve while it is made. */
  static final Incarnation INCARNATION = new Incarnation(2);
  static final String BASE = "CREATE TABLE customers (id int PRIMARY KEY, email text);";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final AtomicInteger COUNT = new AtomicInteger();

  final Origin origin = Origin.ofBranch(SHOP, GitRef.ofBranch("feature/b" + COUNT.incrementAndGet()));
  final ResourceName name = ResourceName.of(SHOP, origin.environment(), INCARNATION);
  private final EmbeddedPostgres server = SharedServers.postgres();
  private final Secret password = new Credentials(CREDENTIALS).password(name, StoreKind.POSTGRES);

  private CloneFixture() {}

  /** Of a Staging whose history has version 1. */
  static CloneFixture baselined() throws SQLException {
    CloneFixture clone = bare();
    clone.staging(Flyway.configure()
        .resourceProvider(new CommitResources(List.of(new SourceFile("db/migration/V1__base.sql", "V1__base.sql", BASE))))
        .locations(new String[0]));
    clone.handOver("customers", "flyway_schema_history");
    return clone;
  }

  /** As a deployment to Staging does it. */
  void staging(FluentConfiguration deployment) {
    deployment.dataSource(server.jdbcUrl(name.value()), server.adminUser(), server.adminPassword()).load().migrate();
  }

  /** As Flyway's own command does it. */
  void baseline(String version) throws SQLException {
    Flyway.configure().dataSource(server.jdbcUrl(name.value()), server.adminUser(), server.adminPassword()).baselineVersion(version).load()
        .baseline();
    handOver("flyway_schema_history");
  }

  /** Of an empty Staging. */
  static CloneFixture bare() throws SQLException {
    CloneFixture clone = new CloneFixture();
    String quoted = '"' + clone.name.value() + '"';
    clone.asAdmin("postgres", "CREATE DATABASE " + quoted);
    clone.asAdmin("postgres", "REVOKE CONNECT, TEMPORARY ON DATABASE " + quoted + " FROM PUBLIC");
    clone.asAdmin("postgres", "CREATE ROLE " + quoted + " LOGIN NOINHERIT CONNECTION LIMIT 20 PASSWORD '"
        + clone.password.reveal() + "'");
    clone.asAdmin("postgres", "GRANT CONNECT, TEMPORARY ON DATABASE " + quoted + " TO " + quoted);
    clone.asAdmin(clone.name.value(), "ALTER SCHEMA public OWNER TO " + quoted);
    return clone;
  }

  void handOver(String... tables) throws SQLException {
    for (String table : tables) {
      asAdmin(name.value(), "ALTER TABLE " + table + " OWNER TO \"" + name.value() + '"');
    }
  }

  void asAdmin(String database, String sql) throws SQLException {
    try (Connection session = DriverManager.getConnection(server.jdbcUrl(database), server.adminUser(),
        server.adminPassword());
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row, seen by the environment's own role. */
  String ask(String sql) throws SQLException {
    try (Connection session = connect();
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** As the environment's own role, outside of any migration. */
  void execute(String sql) throws SQLException {
    try (Connection session = connect(); Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(name.value()), name.value(), password.reveal());
  }

  /** The server's process of a connection that was closed takes a moment to go, so this waits; one that was left does not go. */
  void awaitNoSession() {
    Eventually.await("no session of the environment's role is left", PATIENCE, () -> sessions("true") == 0);
  }

  /** Until its migration stands in {@code pg_sleep}. */
  void awaitSleeping() {
    Eventually.await("the migration sleeps", PATIENCE, () -> sessions("wait_event = 'PgSleep'") == 1);
  }

  /** The same; false where the run has ended before. */
  boolean awaitSleeping(CompletableFuture<?> run) {
    Eventually.await("the migration sleeps, or has ended", PATIENCE, () -> run.isDone() || sessions("wait_event = 'PgSleep'") == 1);
    return !run.isDone();
  }

  /** Asked by the administrator: what a branch sets for its role does not decide what is counted. */
  private int sessions(String which) throws SQLException {
    try (Connection session = DriverManager.getConnection(server.jdbcUrl("postgres"), server.adminUser(), server.adminPassword());
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + name.value() + "' AND " + which)) {
      row.next();
      return row.getInt(1);
    }
  }

  MemoryContext standing() {
    return standing(server.port());
  }

  MemoryContext standing(int port) {
    Instant now = Instant.EPOCH;
    StoreCoordinates postgres = new StoreCoordinates(StoreKind.POSTGRES, "127.0.0.1", port, name.value(), name.value());
    return new MemoryContext(EnvironmentState.unknown(origin.environment()))
        .with(new Presence(origin, new Intent.Standing(INCARNATION, EPOCH), Optional.empty(), Optional.empty(),
            now))
        .with(new Stores(INCARNATION, EPOCH, CREDENTIALS.keyId(), List.of(postgres)));
  }

  /** The one that is to serve next, beside another. */
  MemoryContext next() {
    MemoryContext context = standing();
    Stores own = context.environment().stores().orElseThrow();
    return context.with(new Stores(Incarnation.FIRST, EPOCH, CREDENTIALS.keyId(), List.of()).beside(own))
        .with(context.environment().presence().orElseThrow()
            .with(new Intent.Resetting(Incarnation.FIRST, INCARNATION, EPOCH, "edited"), Instant.EPOCH));
  }

  Message storesReady(Commit commit) {
    return message(new LifecycleEvent.StoresReady(subject(commit), EPOCH, List.of(), Duration.ZERO));
  }

  /** Made from what was kept of the incarnation before. */
  Message restored(Commit commit) {
    return message(new LifecycleEvent.StoresReady(subject(commit), EPOCH, List.of(), Duration.ZERO).restored(Optional.of(Incarnation.FIRST)));
  }

  Message commitAccepted(Commit commit) {
    return message(new LifecycleEvent.CommitAccepted(subject(commit)));
  }

  Subject subject(Commit commit) {
    return new Subject(origin, INCARNATION, Optional.of(commit));
  }

  private Message message(LifecycleEvent event) {
    EventId id = EventId.random();
    return new Message(id, EventSource.worker("provisioner"), Instant.EPOCH, origin.environment(), Optional.empty(),
        UUID.nameUUIDFromBytes(new byte[0]), 1, Map.of(), event);
  }
}
