package dev.offshoot.reporter;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.offshoot.blob.Blobs;
import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.config.Secret;
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.EmbeddedPostgres;
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
import dev.offshoot.reporter.clone.CloneInspection;
import dev.offshoot.reporter.source.MigrationSources;
import dev.offshoot.worker.MemoryContext;

/** A snapshot's reference database and an environment's clone as the provisioner leaves them. */
final class ReporterFixture {
  static final Instant NOW = Instant.parse("2026-11-21T12:31:00Z");
  static final Commit COMMIT = new Commit("c".repeat(40));
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final CredentialsConfig KEY = new CredentialsConfig("k1",
      new Secret("0123456789abcdef0123456789abcdef"));
  private static final AtomicInteger COUNT = new AtomicInteger();

  final EpochId epoch = new EpochId("e2611210930%05d".formatted(COUNT.incrementAndGet()));
  final Subject subject;
  private final EmbeddedPostgres server = SharedServers.postgres();
  private final ResourceName reference = ResourceName.reference(SHOP, epoch);
  private final ResourceName own;

  private ReporterFixture(String branch) {
    Origin origin = Origin.ofBranch(SHOP, GitRef.ofBranch(branch));
    subject = new Subject(origin, Incarnation.FIRST, Optional.of(COMMIT));
    own = ResourceName.of(SHOP, origin.environment(), Incarnation.FIRST);
  }

  /** @param schema of Staging when the snapshot was taken */
  static ReporterFixture of(String branch, String schema) throws SQLException {
    ReporterFixture fixture = new ReporterFixture(branch);
    fixture.database(fixture.reference);
    fixture.asAdmin(fixture.reference.value(), schema);
    fixture.asAdmin(fixture.reference.value(), "GRANT USAGE ON SCHEMA public TO " + fixture.reference);
    fixture.database(fixture.own);
    fixture.asAdmin(fixture.own.value(), "ALTER SCHEMA public OWNER TO " + fixture.own);
    fixture.migrated(schema);
    return fixture;
  }

  private void database(ResourceName name) throws SQLException {
    String password = new Credentials(KEY).password(name, StoreKind.POSTGRES).reveal();
    asAdmin("postgres", "CREATE DATABASE " + name);
    asAdmin("postgres", "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
    asAdmin("postgres", "CREATE ROLE " + name + " LOGIN NOINHERIT CONNECTION LIMIT 20 PASSWORD '" + password + "'");
    asAdmin("postgres", "GRANT CONNECT ON DATABASE " + name + " TO " + name);
  }

  void asAdmin(String database, String sql) throws SQLException {
    run(database, server.adminUser(), server.adminPassword(), sql);
  }

  /** As the environment's role. */
  void migrated(String sql) throws SQLException {
    run(own.value(), own.value(), new Credentials(KEY).password(own, StoreKind.POSTGRES).reveal(), sql);
  }

  void withoutReference() throws SQLException {
    asAdmin("postgres", "DROP DATABASE " + reference);
  }

  private void run(String database, String user, String password, String sql) throws SQLException {
    try (Connection session = DriverManager.getConnection(server.jdbcUrl(database), user, password);
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  ReporterWorker worker(Blobs kept) {
    return worker(kept, MigrationSources.of(Map.of(), _ -> new MemoryGit()));
  }

  ReporterWorker worker(Blobs kept, MigrationSources sources) {
    return worker(kept, sources, Map.of());
  }

  /** @param rehearsed what is rehearsed on Production's snapshots */
  ReporterWorker worker(Blobs kept, MigrationSources sources, Map<RepositoryKey, Rehearse> rehearsed) {
    ReportBlobs blobs = new ReportBlobs(kept);
    CloneInspection clone = new CloneInspection(new Credentials(KEY));
    Histories histories = new Histories(clone, blobs, Optional.empty(), rehearsed.keySet());
    return new ReporterWorker(new Gathering(clone, sources, blobs, histories, rehearsed), blobs, histories,
        new Reminding(blobs, histories, Map.of()), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  MemoryContext standing() {
    return standing(server.port());
  }

  MemoryContext standing(int port) {
    StoreCoordinates postgres = new StoreCoordinates(StoreKind.POSTGRES, "127.0.0.1", port, own.value(), own.value());
    return new MemoryContext(EnvironmentState.unknown(subject.origin().environment()))
        .with(new Presence(subject.origin(), new Intent.Standing(Incarnation.FIRST, epoch), Optional.of(COMMIT),
            Optional.empty(), NOW))
        .with(new Stores(Incarnation.FIRST, epoch, KEY.keyId(), List.of(postgres)));
  }

  Message message(LifecycleEvent event) {
    return new Message(EventId.random(), EventSource.worker("migrator"), NOW, subject.origin().environment(),
        Optional.empty(),
        UUID.nameUUIDFromBytes(new byte[0]), 1, Map.of(), event);
  }
}
