package dev.offshoot.provisioner.postgres.pool;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.PostgresCloning;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.RestoreDrill.Verified;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.StoreSnapshot.Taking;
import dev.offshoot.environment.StoreSnapshot.Way;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.postgres.PostgresClones;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Fingerprint;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Ownership;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.snapshot.SnapshotOwner;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Store.Ensured;
import dev.offshoot.worker.Failure;

class DrillsTest {
  private static final String TEMPLATE = "drilled";
  private static final Instant MOMENT = Instant.parse("2026-11-21T09:30:00Z");
  private static final PostgresConfig SERVER = config(256, 0);
  private static String fingerprint = "none";

  private final ClaimCounts counts = new ClaimCounts(StoreKind.POSTGRES);

  private static PostgresConfig config(int megabytes, int oneIn) {
    return PostgresFixture.config().with(new PostgresCloning(
        new PoolSize(1, 1), 0, new PostgresCloning.Check(megabytes, oneIn)));
  }

  @BeforeAll
  static void aTemplateStands() throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS drilled", "CREATE DATABASE drilled CONNECTION LIMIT 0");
    admin(TEMPLATE, "CREATE TABLE thing AS SELECT g AS id, now() AS at FROM generate_series(1, 500) g", "CREATE SEQUENCE next_thing");
    try (AdminSession session = session()) {
      Roles.ensure(session, Roles.SNAPSHOT);
      try (AdminSession inside = AdminSession.open(SERVER, TEMPLATE, "drilled")) {
        Ownership.normalise(inside, Roles.SNAPSHOT);
      }
      fingerprint = ofTemplate(session, TEMPLATE);
      assertThat(session.first("SELECT rolcanlogin FROM pg_roles WHERE rolname = ?", row -> row.getBoolean(1), Roles.SNAPSHOT))
          .contains(false);
    }
  }

  @AfterAll
  static void theTemplateGoes() throws SQLException {
    admin("postgres", "DROP DATABASE drilled");
  }

  private static AdminSession session() {
    return AdminSession.open(SERVER, AdminSession.HOME, "drills");
  }

  private static String ofTemplate(AdminSession session, String database) {
    try (SnapshotOwner _ = SnapshotOwner.letInto(session, SERVER, database)) {
      return new Fingerprint(SERVER).of(session, database, Roles.SNAPSHOT);
    }
  }

  private static StoreSnapshot snapshot(String fingerprint) {
    return new StoreSnapshot(StoreKind.POSTGRES, TEMPLATE, MOMENT, 8_000_000)
        .taken(new Taking(Way.TEMPLATE_COPY, List.of(), Optional.of(fingerprint)));
  }

  private static Blueprint blueprint(String branch, StoreSnapshot from) {
    RepositoryKey repository = new RepositoryKey("drills");
    Owner owner = new Owner(repository, Origin.ofBranch(repository, GitRef.ofBranch(branch)).environment(), Incarnation.FIRST);
    return new Blueprint(new OwnerTag(owner, EpochId.at(MOMENT), MOMENT), new Blueprint.Source.Snapshot(from));
  }

  @Test
  void aCloneThatIsEqualSaysSoAlsoWhenItIsAskedForAgain() {
    PostgresClones clones = new PostgresClones(AdminSessions.each(SERVER), CREDENTIALS, counts);
    Ensured made = clones.ensure(blueprint("feature/equal", snapshot(fingerprint)));
    assertThat(made.drill()).contains(
        new RestoreDrill(StoreKind.POSTGRES, false, Verified.EQUAL, Optional.of(fingerprint)));
    assertThat(clones.ensure(blueprint("feature/equal", snapshot(fingerprint)))).isEqualTo(made);
  }

  @Test
  void aCloneThatIsNotEqualIsThrownAwayForGood() {
    String other = "f".repeat(64);
    Blueprint blueprint = blueprint("feature/unequal", snapshot(other));
    assertThatThrownBy(() -> new PostgresClones(AdminSessions.each(SERVER), CREDENTIALS, counts).ensure(blueprint))
        .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID))
        .hasMessageContaining(other).hasMessageContaining(fingerprint);
    try (AdminSession session = session()) {
      assertThat(Databases.exists(session, blueprint.name().value())).isFalse();
      assertThat(Databases.exists(session, Names.unfinished(blueprint.name()))).isFalse();
    }
  }

  @Test
  void aSlotThatIsNotEqualIsNeverReady() {
    String slot = Slot.name(TEMPLATE, 1);
    try (AdminSession session = session()) {
      assertThatThrownBy(() -> new SlotMaking(SERVER).make(session, snapshot("f".repeat(64)), slot)).isInstanceOf(Failure.class);
      assertThat(Slots.of(session, TEMPLATE)).isEmpty();
      new SlotMaking(SERVER).make(session, snapshot(fingerprint), slot);
      assertThat(Slots.of(session, TEMPLATE)).singleElement()
          .satisfies(ready -> assertThat(ready.drill()).isEqualTo(
              new RestoreDrill(StoreKind.POSTGRES, true, Verified.EQUAL, Optional.of(fingerprint))));
      assertThat(session.first("SELECT rolcanlogin OR rolpassword IS NOT NULL FROM pg_authid WHERE rolname = ?",
          row -> row.getBoolean(1), slot)).contains(false);
      assertThat(session.first("SELECT datconnlimit FROM pg_database WHERE datname = ?", row -> row.getInt(1), slot)).contains(0);
      Slots.drop(session, ready -> ready.name().equals(slot));
    }
  }

  @Test
  void rowsColumnsAndSequencesCount() throws SQLException {
    List<String> changes = List.of("UPDATE thing SET id = -1 WHERE id = 7", "SELECT nextval('next_thing')",
        "ALTER TABLE thing ADD COLUMN more int", "CREATE TABLE another (id int)", "ALTER TABLE thing ALTER id SET NOT NULL");
    for (String change : changes) {
      admin("postgres", "DROP DATABASE IF EXISTS drilled_change", "CREATE DATABASE drilled_change TEMPLATE drilled CONNECTION LIMIT 0");
      admin("drilled_change", change);
      try (AdminSession session = session()) {
        try (AdminSession inside = AdminSession.open(SERVER, "drilled_change", "drilled")) {
          Ownership.normalise(inside, Roles.SNAPSHOT);
        }
        assertThat(ofTemplate(session, "drilled_change")).as(change).isNotEqualTo(fingerprint);
        Databases.drop(session, "drilled_change");
      }
    }
  }

  @Test
  void ofLargeOnesASampleIsChecked() {
    Drills drills = new Drills(config(10, 20));
    assertThat(drills.isChecked(10L << 20, 7)).isTrue();
    assertThat(LongStream.range(0, 2_000).filter(oid -> drills.isChecked(11L << 20, oid)).count()).isEqualTo(100);
    assertThat(new Drills(config(10, 0)).isChecked(11L << 20, 20)).isFalse();
  }
}
