package dev.offshoot.provisioner.postgres.snapshot;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static dev.offshoot.provisioner.postgres.PostgresFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StagingConfig.Snapshots;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.StoreSnapshot.Way;
import dev.offshoot.provisioner.masking.MaskRule;
import dev.offshoot.provisioner.masking.MaskedText;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.worker.Failure;

class MaskedSnapshotTest {
  private static final String STAGING = "masked_staging";
  private static final EpochId EPOCH = EpochId.at(Instant.parse("2026-11-22T09:00:00Z"));
  private static final PostgresConfig SERVER = PostgresFixture.config();
  private static final PostgresEpochs EPOCHS = new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC());
  private static final String POLICY = """
      postgres:
        customer.id: clear
        customer.email: hash
        customer.contact: email
        customer.name: name
        customer.phone: null
        customer.zip: {sql: "left(zip, 2) || '000'"}
        customer.note: {fixed: "-"}
        customer.number: hash
        purchase.*: clear
        purchase.customer_email: hash
        event.*: clear
        event.payload: {fixed: "{}"}
      """;

  @TempDir
  private Path folder;

  /** With all that could keep a value from being masked, or keep a copy of it. */
  @BeforeEach
  void stagingHasSecrets() throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS " + STAGING + " WITH (FORCE)", "CREATE DATABASE " + STAGING);
    admin(STAGING,
        "CREATE TABLE customer (id int PRIMARY KEY, email varchar(60) UNIQUE, contact text, name text, phone varchar(20), "
            + "zip char(5), note text, number bigint, gone text, shout text GENERATED ALWAYS AS (upper(note)) STORED)",
        "CREATE TABLE purchase (id int, customer_email varchar(60) REFERENCES customer (email) ON UPDATE CASCADE)",
        "CREATE TABLE event (day date, payload jsonb) PARTITION BY RANGE (day)",
        "CREATE TABLE event_2026 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "INSERT INTO customer SELECT g, 'canary' || g || '@x.org', 'canary@' || g, 'canary ' || g, 'canary', '10115', "
            + "repeat('canary', 1000), g, 'canary gone' FROM generate_series(1, 50) g",
        "INSERT INTO purchase SELECT g, 'canary' || g || '@x.org' FROM generate_series(1, 50) g",
        "INSERT INTO event VALUES ('2026-05-05', '{\"who\": \"canary\"}')",
        "ALTER TABLE customer DROP COLUMN gone",
        "CREATE INDEX ON customer (lower(name))", "CREATE STATISTICS of_two ON name, note FROM customer", "ANALYZE",
        "CREATE MATERIALIZED VIEW names AS SELECT name FROM customer",
        "CREATE MATERIALIZED VIEW counted AS SELECT name, count(*) FROM names GROUP BY name",
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "CREATE TRIGGER keep BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION keep()",
        "ALTER TABLE customer ENABLE ALWAYS TRIGGER keep",
        "CREATE RULE nothing AS ON UPDATE TO purchase DO INSTEAD NOTHING",
        "ALTER TABLE purchase ENABLE ROW LEVEL SECURITY", "ALTER TABLE purchase FORCE ROW LEVEL SECURITY");
  }

  private RepositoryConfig repository(Optional<String> policy, Optional<Path> seed) throws IOException {
    Optional<Path> file = Optional.empty();
    if (policy.isPresent()) {
      file = Optional.of(Files.writeString(folder.resolve("masking.yaml"), policy.get()));
    }
    RepositoryConfig plain = PostgresFixture.repository("masked", STAGING, Optional.empty());
    return new RepositoryConfig(plain.key(), plain.host(), plain.fullName(), plain.url(), plain.defaultBranch(), plain.secrets(),
        plain.create(), plain.migrations(), plain.staging().with(
            new Snapshots(Optional.empty(), StagingConfig.Way.AUTO, seed, file)));
  }

  /** What is in the template, through a copy that can be entered. */
  private static String ask(StoreSnapshot part, String query) throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS masked_look", "CREATE DATABASE masked_look TEMPLATE " + part.name());
    try (Connection connection = DriverManager.getConnection(AdminSession.url(SERVER, "masked_look"), SERVER.user(),
        SERVER.password().reveal())) {
      return value(connection, query);
    } finally {
      admin("postgres", "DROP DATABASE masked_look");
    }
  }

  @Test
  void noValueOfAMaskedColumnIsLeftInTheTemplatesFiles() throws Exception {
    StoreSnapshot part = EPOCHS.snapshot(repository(Optional.of(POLICY), Optional.empty()), EPOCH).orElseThrow();
    admin("postgres", "CHECKPOINT");

    assertThat(filesWithCanary(STAGING)).isNotEmpty();
    assertThat(filesWithCanary(part.name())).isEmpty();
    assertThat(filesWithCanary(ResourceName.reference(new RepositoryKey("masked"), EPOCH).value())).isEmpty();
    EPOCHS.retire(repository(Optional.empty(), Optional.empty()), EPOCH);
  }

  private static List<Path> filesWithCanary(String database) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(AdminSession.url(SERVER, "postgres"), SERVER.user(),
        SERVER.password().reveal())) {
      Path base = Path.of(value(connection, "SHOW data_directory"), "base",
          value(connection, "SELECT oid FROM pg_database WHERE datname = '" + database + "'"));
      try (Stream<Path> files = Files.list(base)) {
        return files.filter(Files::isRegularFile).filter(MaskedSnapshotTest::hasCanary).toList();
      }
    }
  }

  private static boolean hasCanary(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("canary");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void eachRuleMakesWhatItPromises() throws Exception {
    StoreSnapshot part = EPOCHS.snapshot(repository(Optional.of(POLICY), Optional.empty()), EPOCH).orElseThrow();
    MaskedText here = new MaskedText(CREDENTIALS.maskingKey(new RepositoryKey("masked")));

    assertThat(ask(part, "SELECT email FROM customer WHERE id = 7"))
        .isEqualTo(here.of(new MaskRule.Hash(), "canary7@x.org").orElseThrow());
    assertThat(ask(part, "SELECT contact FROM customer WHERE id = 7"))
        .isEqualTo(here.of(new MaskRule.Email(), "canary@7").orElseThrow()).endsWith("@example.invalid");
    assertThat(ask(part, "SELECT name FROM customer WHERE id = 7"))
        .isEqualTo(here.of(new MaskRule.Name(), "canary 7").orElseThrow());
    assertThat(ask(part, "SELECT string_agg(DISTINCT concat(phone, zip, note, shout), '') FROM customer")).isEqualTo("10000--");
    assertThat(ask(part, "SELECT count(DISTINCT number) FROM customer WHERE number > 50")).isEqualTo("50");
    assertThat(ask(part, "SELECT count(*) FROM purchase JOIN customer ON customer_email = email")).isEqualTo("50");
    assertThat(ask(part, "SELECT payload FROM event")).isEqualTo("{}");
    assertThat(ask(part, "SELECT sum(count) FROM counted")).isEqualTo("50");
    assertThat(ask(part, "SELECT tgenabled FROM pg_trigger WHERE tgname = 'keep'")).isEqualTo("A");
    assertThat(part.masked()).containsExactly("public.customer.contact", "public.customer.email", "public.customer.name",
        "public.customer.note", "public.customer.number", "public.customer.phone", "public.customer.zip",
        "public.event.payload", "public.purchase.customer_email");
    assertThat(part.fingerprint()).hasValueSatisfying(digits -> assertThat(digits).matches("[0-9a-f]{64}"));
    assertThat(part.taking().orElseThrow().way()).isEqualTo(Way.TEMPLATE_COPY);
    // the size is read anew, and PostgreSQL's own files come and go
    assertThat(EPOCHS.find(repository(Optional.empty(), Optional.empty()), EPOCH).orElseThrow())
        .usingRecursiveComparison().ignoringFields("bytes").isEqualTo(part);
    EPOCHS.retire(repository(Optional.empty(), Optional.empty()), EPOCH);
  }

  @Test
  void aColumnThatIsNotMentionedStopsTheSnapshot() throws Exception {
    admin(STAGING, "ALTER TABLE customer ADD COLUMN iban text, ADD COLUMN tax text");

    assertThatThrownBy(() -> EPOCHS.snapshot(repository(Optional.of(POLICY), Optional.empty()), EPOCH))
        .isInstanceOf(Failure.class).extracting(f -> ((Failure) f).kind()).isEqualTo(Failure.Kind.INVALID);
    assertThatThrownBy(() -> EPOCHS.snapshot(repository(Optional.of(POLICY), Optional.empty()), EPOCH))
        .hasMessageContainingAll("public.customer.iban", "public.customer.tax", "staging.masking");
    assertThat(EPOCHS.find(repository(Optional.empty(), Optional.empty()), EPOCH)).isEmpty();
    EPOCHS.retire(repository(Optional.empty(), Optional.empty()), EPOCH);
  }

  @Test
  void rulesThatCannotBeCarriedOutAreAllNamed() throws Exception {
    String policy = POLICY.replace("customer.id: clear", "customer.id: null").replace("purchase.customer_email: hash",
        "purchase.customer_email: clear").replace("event.*: clear", "event.day: hash");

    assertThatThrownBy(() -> EPOCHS.snapshot(repository(Optional.of(policy), Optional.empty()), EPOCH))
        .hasMessageContainingAll("public.customer.id is NOT NULL", "public.event.day decides",
            "public.purchase.customer_email refers to public.customer.email");
    EPOCHS.retire(repository(Optional.empty(), Optional.empty()), EPOCH);
  }

  @Test
  void largeObjectsHaveToBeSpokenOf() throws Exception {
    admin(STAGING, "SELECT lo_from_bytea(0, 'canary')");

    assertThatThrownBy(() -> EPOCHS.snapshot(repository(Optional.of(POLICY), Optional.empty()), EPOCH))
        .hasMessageContaining("largeObjects");
    StoreSnapshot part = EPOCHS.snapshot(repository(Optional.of(POLICY + "largeObjects: null\n"), Optional.empty()), EPOCH)
        .orElseThrow();
    admin("postgres", "CHECKPOINT");
    assertThat(filesWithCanary(part.name())).isEmpty();
    EPOCHS.retire(repository(Optional.empty(), Optional.empty()), EPOCH);
  }

  @Test
  void seedsAreRunInOrderAsTheOwnerBeforeTheMasks() throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    Files.writeString(seeds.resolve("2.sql"), "INSERT INTO fixture VALUES ('canary'); CREATE TABLE \"who\" AS SELECT current_user::text AS n;");
    Files.writeString(seeds.resolve("1.sql"), "CREATE TABLE fixture (t text);");
    Files.writeString(seeds.resolve("ignored.txt"), "nonsense");

    StoreSnapshot part = EPOCHS.snapshot(repository(
        Optional.of(POLICY + "  fixture.t: {fixed: seed}\n  who.n: clear\n"), Optional.of(seeds)), EPOCH).orElseThrow();

    assertThat(ask(part, "SELECT t FROM fixture")).isEqualTo("seed");
    assertThat(ask(part, "SELECT n FROM who")).isEqualTo("offshoot_snapshot");
    EPOCHS.retire(repository(Optional.empty(), Optional.empty()), EPOCH);
  }

  @Test
  void aSeedThatFailsIsNamedWithoutTheRowsItMet() throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    Files.writeString(seeds.resolve("1.sql"), "INSERT INTO customer (id, email) VALUES (7, 'x')");

    assertThatThrownBy(() -> EPOCHS.snapshot(repository(Optional.of(POLICY), Optional.of(seeds)), EPOCH))
        .isInstanceOf(Failure.class).hasMessageContainingAll("1.sql", "duplicate key").hasMessageNotContaining("(7)");
    EPOCHS.retire(repository(Optional.empty(), Optional.empty()), EPOCH);
  }

  @Test
  void afterARetirementNothingIsLeft() throws Exception {
    RepositoryConfig repository = repository(Optional.of(POLICY), Optional.empty());
    StoreSnapshot part = EPOCHS.snapshot(repository, EPOCH).orElseThrow();

    EPOCHS.retire(repository, EPOCH);
    EPOCHS.retire(repository, EPOCH);

    assertThat(EPOCHS.holds(part)).isFalse();
    try (AdminSession session = AdminSession.open(SERVER, AdminSession.HOME, "test")) {
      assertThat(session.list("SELECT datname FROM pg_database WHERE datname LIKE '%' || ? || '%' UNION ALL "
          + "SELECT rolname FROM pg_roles WHERE rolname LIKE '%' || ? || '%'", row -> row.getString(1), part.name(), part.name()))
          .isEmpty();
      assertThat(session.list("SELECT 1 FROM pg_roles WHERE rolname = 'offshoot_snapshot' AND (rolcanlogin OR rolbypassrls)",
          row -> true)).isEmpty();
    }
  }
}
