package dev.offshoot.provisioner.postgres.backup;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.postgres.PostgresFixture.run;
import static dev.offshoot.provisioner.postgres.PostgresFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.PostgresBackup;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.PostgresPrograms;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.BackupMethod;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.provisioner.postgres.InstalledPostgres;
import dev.offshoot.provisioner.postgres.PostgresAt;
import dev.offshoot.provisioner.postgres.PostgresContract;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/** Archives, on a server whose pg_dump is at hand. */
class PostgresArchiveTest implements PostgresContract {
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("shop", "archive_staging", Optional.empty());

  @TempDir
  static Path folder;
  private static Optional<InstalledPostgres> server = Optional.empty();

  @BeforeAll
  static void aServerWithItsProgramsStands() throws Exception {
    server = InstalledPostgres.start(folder);
    assumeTrue(server.isPresent(), "skipped: needs Debian's packages postgresql-15 and postgresql-client-15");
    server.get().admin("postgres", "CREATE DATABASE archive_staging");
    server.get().admin("archive_staging", "CREATE EXTENSION pgcrypto", "CREATE SCHEMA sales", "CREATE EXTENSION hstore SCHEMA sales",
        "CREATE TABLE product (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, price numeric CHECK (price >= 0))",
        "CREATE TABLE sales.orders (product bigint REFERENCES product, attributes sales.hstore)",
        "CREATE MATERIALIZED VIEW names AS SELECT name FROM product",
        "INSERT INTO product (name, price) SELECT 'p' || g, g FROM generate_series(1, 500) g",
        "INSERT INTO sales.orders SELECT g, 'a=>1' FROM generate_series(1, 100) g", "COMMENT ON EXTENSION hstore IS 'ours'");
  }

  @AfterAll
  static void stop() {
    server.ifPresent(InstalledPostgres::close);
  }

  private static PostgresConfig config() {
    return server.orElseThrow().config(folder.resolve("dumps")).with(PostgresBackup.ARCHIVE);
  }

  @Override
  public PostgresAt server() {
    return new PostgresAt(config());
  }

  @Override
  public RepositoryConfig repository() {
    return REPOSITORY;
  }

  @Override
  public Store at(PostgresConfig config) {
    return new PostgresStore(config, CREDENTIALS, new FolderBlobs(folder.resolve("blobs")), Clock.systemUTC());
  }

  private List<String> databases(Owner owner) {
    try (AdminSession session = AdminSession.open(config(), AdminSession.HOME, "test")) {
      return session.list("SELECT datname FROM pg_database WHERE strpos(datname, ?) > 0", row -> row.getString(1),
          owner.name().value().substring(owner.name().value().length() - 14));
    }
  }

  /** Blobs of an environment's archives. */
  private static List<Path> blobs(Owner owner) throws IOException {
    try (var files = Files.walk(folder.resolve("blobs/backups").resolve(owner.environment().value()))) {
      return files.filter(file -> file.toString().endsWith(".dump")).toList();
    }
  }

  private Made restored(Owner from, BackupReceipt receipt) {
    Owner next = new Owner(from.repository(), from.environment(), from.incarnation().next());
    return new Made(next, store().ensure(new Blueprint(new OwnerTag(next, EPOCH, INTENT), new Blueprint.Source.Backup(receipt))));
  }

  @Test
  void anArchiveIsAllThatIsLeftAndIsRestoredAsTheNextIncarnation() throws Exception {
    Made made = made(owner("feature/archived", 1));
    try (Connection connection = enter(made)) {
      run(connection, "CREATE TABLE review (id int PRIMARY KEY, product bigint REFERENCES product, stars int, "
          + "twice int GENERATED ALWAYS AS (stars * 2) STORED)", "INSERT INTO review VALUES (1, 1, 5)",
          "CREATE FUNCTION dear(p product) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT p.price > 100'",
          "CREATE INDEX ON product ((price * 2))", "ALTER TABLE review ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE review FORCE ROW LEVEL SECURITY",
          "COMMENT ON TABLE review IS 'what people say'", "DELETE FROM sales.orders WHERE product > 50");
    }
    BackupReceipt receipt = store().snapshot(made.owner()).orElseThrow();
    assertThat(receipt.method()).isEqualTo(BackupMethod.ARCHIVED);
    assertThat(receipt.epoch()).contains(EPOCH);
    assertThat(blobs(made.owner())).singleElement().satisfies(file -> {
      assertThat(Files.size(file)).isEqualTo(receipt.bytes());
      assertThat(receipt.checksum()).isPresent();
    });
    store().delete(made.owner(), new Removal.Kept(receipt));
    assertThat(databases(made.owner())).isEmpty();

    Made next = restored(made.owner(), receipt);
    assertThat(restored(made.owner(), receipt)).isEqualTo(next);
    try (Connection connection = enter(next)) {
      assertThat(value(connection, "SELECT count(*) FROM review")).as("row security is forced on its owner again").isEqualTo("0");
      run(connection, "ALTER TABLE review NO FORCE ROW LEVEL SECURITY");
      assertThat(value(connection, "SELECT twice FROM review")).isEqualTo("10");
      assertThat(value(connection, "SELECT count(*) FROM sales.orders")).isEqualTo("50");
      assertThat(value(connection, "SELECT count(*) FROM product WHERE dear(product)")).isEqualTo("400");
      assertThat(value(connection, "SELECT encode(digest('x', 'md5'), 'hex')")).hasSize(32);
      assertThat(value(connection, "SELECT obj_description('review'::regclass)")).isEqualTo("what people say");
      run(connection, "ALTER TABLE product ADD COLUMN note text", "INSERT INTO product (name) VALUES ('after')");
      assertThatThrownBy(() -> run(connection, "CREATE SCHEMA another")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aFlippedBitIsFoundAndNothingIsDropped() throws Exception {
    Made made = made(owner("feature/flipped", 1));
    work(made);
    BackupReceipt receipt = store().snapshot(made.owner()).orElseThrow();
    Path blob = blobs(made.owner()).getFirst();
    byte[] good = Files.readAllBytes(blob);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(blob, bad);
    assertThatThrownBy(() -> store().delete(made.owner(), new Removal.Kept(receipt)))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID))
        .hasMessageContaining(receipt.kept());
    Files.delete(blob);
    assertThatThrownBy(() -> store().delete(made.owner(), new Removal.Kept(receipt))).isInstanceOf(Failure.class);
    assertThat(databases(made.owner())).hasSize(1);

    Files.write(blob, good);
    store().delete(made.owner(), new Removal.Kept(receipt));
    assertThat(databases(made.owner())).isEmpty();
  }

  @Test
  void whatWasSpoiledBeforeTheRemovalIsArchivedAnew() throws Exception {
    Made made = made(owner("feature/spoiled", 1));
    BackupReceipt receipt = store().snapshot(made.owner()).orElseThrow();
    Files.write(blobs(made.owner()).getFirst(), new byte[] {1, 2, 3});
    BackupReceipt again = store().snapshot(made.owner()).orElseThrow();
    assertThat(again.fingerprint()).isEqualTo(receipt.fingerprint());
    store().delete(made.owner(), new Removal.Kept(again));
    assertThat(databases(made.owner())).isEmpty();
  }

  @Test
  void aSpoiledArchiveIsNotRestored() throws Exception {
    Made made = made(owner("feature/unrestorable", 1));
    BackupReceipt receipt = store().snapshot(made.owner()).orElseThrow();
    store().delete(made.owner(), new Removal.Kept(receipt));
    Files.write(blobs(made.owner()).getFirst(), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> restored(made.owner(), receipt)).isInstanceOf(Failure.class).hasMessageContaining("can't be restored");
  }

  /** What a dump contains was written by a branch. */
  @Test
  void whatARestoreRunsHasNoMoreRightsThanTheBranch() throws Exception {
    Made made = made(owner("feature/hostile", 1));
    try (Connection connection = enter(made)) {
      run(connection, "CREATE TABLE seen (who text, super text)",
          "CREATE FUNCTION public.spy(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN "
              + "IF current_setting('is_superuser') = 'on' THEN RAISE EXCEPTION 'ran as an administrator'; END IF; RETURN i; END $$",
          "CREATE TABLE trap (i int CHECK (public.spy(i) = i), j int GENERATED ALWAYS AS (public.spy(1)) STORED)",
          "INSERT INTO trap VALUES (1)", "CREATE INDEX ON trap (public.spy(i))");
    }
    BackupReceipt receipt = store().snapshot(made.owner()).orElseThrow();
    store().delete(made.owner(), new Removal.Kept(receipt));
    try (Connection connection = enter(restored(made.owner(), receipt))) {
      assertThat(value(connection, "SELECT j FROM trap")).isEqualTo("1");
    }
  }

  @Test
  void whenItsRetentionIsOverNothingIsLeft() throws Exception {
    Made made = made(owner("feature/over", 1));
    BackupReceipt receipt = store().snapshot(made.owner()).orElseThrow();
    store().delete(made.owner(), new Removal.Kept(receipt));
    assertThat(store().list(made.owner().repository(), made.owner().environment())).extracting(Found::condition)
        .containsExactly(Found.Condition.KEPT);
    store().delete(made.owner(), new Removal.Expired(receipt));
    store().delete(made.owner(), new Removal.Expired(receipt));
    assertThat(store().list(made.owner().repository(), made.owner().environment())).isEmpty();
    assertThat(blobs(made.owner())).isEmpty();
  }

  @Test
  void withoutProgramsItIsSaidWhatToInstall() throws Exception {
    Made made = made(owner("feature/no-programs", 1));
    Store without = new PostgresStore(config().with(new PostgresPrograms(Optional.of(folder), Optional.empty())), CREDENTIALS,
        new FolderBlobs(folder.resolve("blobs")), Clock.systemUTC());
    assertThatThrownBy(() -> without.snapshot(made.owner())).isInstanceOf(Failure.class)
        .hasMessageContaining("postgresql-client-15").hasMessageContaining("stores.postgres.binaries");
  }
}
