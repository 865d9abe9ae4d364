package dev.offshoot.provisioner.postgres;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static dev.offshoot.provisioner.postgres.PostgresFixture.login;
import static dev.offshoot.provisioner.postgres.PostgresFixture.run;
import static dev.offshoot.provisioner.postgres.PostgresFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

class PostgresStoreTest implements PostgresContract {
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("shop", "store_staging", Optional.empty());
  private static final PostgresEpochs EPOCHS =
      new PostgresEpochs(PostgresFixture.config(), CREDENTIALS, Clock.systemUTC());
  private static final AdminSessions SESSIONS = AdminSessions.keeping(PostgresFixture.config());
  private static final Store STORE =
      new PostgresStore(SESSIONS, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC(), new ClaimCounts(StoreKind.POSTGRES));

  @AfterAll
  static void close() {
    SESSIONS.close();
  }

  @BeforeAll
  static void aStagingDatabaseStands() throws SQLException {
    PostgresFixture.staging("store_staging");
  }

  @Override
  public Store store() {
    return STORE;
  }

  @Override
  public PostgresAt server() {
    return PostgresFixture.server();
  }

  @Override
  public RepositoryConfig repository() {
    return REPOSITORY;
  }

  @Override
  public Store at(PostgresConfig config) {
    return new PostgresStore(config, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  }

  private StoreCoordinates madeFor(String branch) {
    return STORE.ensure(blueprint(owner(branch, 1)));
  }

  @Test
  void theRoleOwnsWhatIsInItsDatabaseButNotTheDatabase() throws SQLException {
    try (Connection connection = login(madeFor("feature/owner"))) {
      run(connection, "ALTER TABLE product ADD COLUMN note text", "ALTER TABLE \"Odd \"\"name\" RENAME TO plain",
          "CREATE TABLE extra (id int)", "ALTER TYPE size ADD VALUE 'huge'",
          "DROP VIEW cheap", "REFRESH MATERIALIZED VIEW names", "DROP SEQUENCE loose", "DROP FUNCTION twice(int)",
          "DROP TABLE \"Other schema\".event_2026", "DROP SCHEMA \"Other schema\" CASCADE");
      assertThatThrownBy(() -> run(connection, "CREATE EXTENSION hstore")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> run(connection, "CREATE SCHEMA another")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> run(connection, "ALTER DATABASE " + connection.getCatalog() + " RENAME TO mine"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> run(connection, "CREATE ROLE friend")).isInstanceOf(SQLException.class);
      assertThat(value(connection, "SELECT encode(digest('x', 'md5'), 'hex')")).hasSize(32);
    }
  }

  @Test
  void theRoleIsLetInNowhereElse() {
    StoreCoordinates one = madeFor("feature/inside");
    StoreCoordinates other = madeFor("feature/outside");
    for (String database : new String[] {other.name(), "store_staging", "postgres", "template1",
        ResourceName.of(REPOSITORY.key(), EPOCH).value(), ResourceName.reference(REPOSITORY.key(), EPOCH).value()}) {
      assertThatThrownBy(() -> login(database, one.user()).close()).as(database).isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState()).isIn("42501", "55000");
    }
  }

  @Test
  void stagingsOwnRoleStillReachesStaging() throws SQLException {
    epoch();
    try (Connection connection = DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + PostgresFixture.config().port()
            + "/store_staging", "store_staging_app", "staging")) {
      assertThat(value(connection, "SELECT count(*) FROM product")).isEqualTo("100");
    }
  }

  @Test
  void theReferenceHasTheSchemaAndNoRows() throws SQLException {
    epoch();
    String reference = ResourceName.reference(REPOSITORY.key(), EPOCH).value();
    try (Connection connection = login(reference, reference)) {
      assertThat(value(connection,
          "SELECT count(*) FROM pg_class WHERE relname IN ('product', 'cheap', 'names', 'event_2026')"))
          .isEqualTo("4");
      assertThat(value(connection, "SELECT sum(relpages) FROM pg_class WHERE relname IN ('product', 'names')"))
          .isEqualTo("0");
    }
  }

  @Test
  void aSnapshotOfABusyStagingWaits() throws SQLException {
    PostgresFixture.staging("busy_staging");
    try (Connection connection = DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + PostgresFixture.config().port()
            + "/busy_staging", "busy_staging_app", "staging")) {
      assertThat(value(connection, "SELECT 1")).isEqualTo("1");
      RepositoryConfig busy = PostgresFixture.repository("busy", "busy_staging", Optional.empty());
      EpochId epoch = EpochId.at(INTENT);
      assertThatThrownBy(() -> EPOCHS.snapshot(busy, epoch))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BUSY));
      connection.close();
      assertThat(EPOCHS.snapshot(busy, epoch)).isPresent();
    }
  }

  @Test
  void aHostileRoleCannotSpoilItsBackup() throws SQLException {
    Owner owner = owner("feature/hostile", 1);
    StoreCoordinates made = STORE.ensure(blueprint(owner));
    try (Connection connection = login(made)) {
      run(connection, "ALTER ROLE " + made.user() + " SET search_path = evil, public",
          "ALTER ROLE " + made.user() + " IN DATABASE " + made.name() + " SET default_transaction_read_only = off",
          "ALTER ROLE " + made.user() + " PASSWORD 'stolen'",
          "CREATE FUNCTION public.coalesce(numeric, int) RETURNS numeric LANGUAGE sql AS 'SELECT random()::numeric'",
          "CREATE FUNCTION public.hashtextextended(text, int) RETURNS bigint LANGUAGE sql "
              + "AS 'SELECT (random() * 1e9)::bigint'");
    }
    var receipt = STORE.snapshot(owner).orElseThrow();
    STORE.delete(owner, new Removal.Kept(receipt));
    assertThatThrownBy(() -> DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + PostgresFixture.config().port() + "/"
            + receipt.kept(), made.user(), "stolen").close())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aBackupKilledAfterTheRenameIsCarriedOnWith() throws SQLException {
    Owner owner = owner("feature/renamed", 1);
    StoreCoordinates made = STORE.ensure(blueprint(owner));
    work(new Made(owner, made));
    var receipt = STORE.snapshot(owner).orElseThrow();
    String unverified = blueprint(owner).tag().toJson().put("fingerprint", receipt.fingerprint()).toString();
    admin("postgres", "COMMENT ON DATABASE " + receipt.kept() + " IS '" + unverified + "'",
        "GRANT CONNECT ON DATABASE " + receipt.kept() + " TO " + made.user(),
        "ALTER DATABASE " + receipt.kept() + " CONNECTION LIMIT 5");
    assertThat(STORE.snapshot(owner).orElseThrow().fingerprint()).isEqualTo(receipt.fingerprint());
  }

  @Test
  void aBackupThatIsNotWhatWasThereGivesNoReceipt() throws SQLException {
    Owner owner = owner("feature/tampered", 1);
    StoreCoordinates made = STORE.ensure(blueprint(owner));
    work(new Made(owner, made));
    var receipt = STORE.snapshot(owner).orElseThrow();
    String otherwise = blueprint(owner).tag().toJson().put("fingerprint", "f00").toString();
    admin("postgres", "COMMENT ON DATABASE " + receipt.kept() + " IS '" + otherwise + "'",
        "GRANT CONNECT ON DATABASE " + receipt.kept() + " TO " + made.user(),
        "ALTER DATABASE " + receipt.kept() + " CONNECTION LIMIT 5");
    assertThatThrownBy(() -> STORE.snapshot(owner))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
    assertThatThrownBy(() -> STORE.delete(owner, new Removal.Kept(receipt))).isInstanceOf(Failure.class);
  }

  @Test
  void whatWasRetainedIsRestoredAsTheNextIncarnationAndStaysKept() throws Exception {
    Made made = made(owner("feature/brought-back", 1));
    work(made);
    long before = content(made);
    BackupReceipt receipt = STORE.snapshot(made.owner()).orElseThrow();
    STORE.delete(made.owner(), new Removal.Kept(receipt));
    Owner next = owner("feature/brought-back", 2);
    Blueprint again = new Blueprint(new OwnerTag(next, EPOCH, INTENT), new Blueprint.Source.Backup(receipt));
    Made restored = new Made(next, STORE.ensure(again));
    assertThat(content(restored)).isEqualTo(before);
    work(restored);
    assertThat(STORE.ensure(again)).isEqualTo(restored.coordinates());
    assertThat(content(restored)).isEqualTo(before + 1);
    try (Connection connection = login(restored.coordinates())) {
      run(connection, "ALTER TABLE product ADD COLUMN mine text", "DROP VIEW cheap");
    }
    assertThat(PostgresFixture.ask(receipt.kept(), "SELECT count(*) FROM product")).isEqualTo(String.valueOf(before));
  }

  @Test
  void whoIsConnectedIsCounted() throws SQLException {
    Owner owner = owner("feature/used", 1);
    StoreCoordinates made = STORE.ensure(blueprint(owner));
    // the sessions that have made it take a moment to go
    Eventually.await("nobody is connected", Duration.ofMinutes(2), () -> STORE.find(owner).orElseThrow().sessions() == 0);
    try (Connection connection = login(made)) {
      assertThat(value(connection, "SELECT 1")).isEqualTo("1");
      assertThat(STORE.find(owner).orElseThrow().sessions()).isEqualTo(1);
    }
  }
}
