package dev.offshoot.provisioner.postgres.pool;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static dev.offshoot.provisioner.postgres.PostgresFixture.login;
import static dev.offshoot.provisioner.postgres.PostgresFixture.run;
import static dev.offshoot.provisioner.postgres.PostgresFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.PostgresCloning;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.RestoreDrill.Verified;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.pool.PoolSession;
import dev.offshoot.provisioner.pool.PoolStore;
import dev.offshoot.provisioner.pool.Refill;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.pool.WarmPool;
import dev.offshoot.provisioner.postgres.PostgresClones;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Store.Ensured;

class PostgresPoolTest {
  private static final Instant INTENT = Instant.parse("2026-11-21T10:00:00Z");
  private static final EpochId EPOCH = EpochId.at(Instant.parse("2026-11-21T09:30:00Z"));
  private static final EpochId LATER = EpochId.at(Instant.parse("2026-11-22T09:30:00Z"));
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("pooled", "pooled_staging", Optional.empty());
  private static final PostgresConfig SERVER = PostgresFixture.config().with(new PostgresCloning(
      new PoolSize(2, 3), 0, new PostgresCloning.Check(256, 0)));
  private static final PostgresEpochs EPOCHS = new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC());
  private static StoreSnapshot template = new StoreSnapshot(EPOCHS.kind(), "none", INTENT, 0);

  private final ClaimCounts counts = new ClaimCounts(StoreKind.POSTGRES);
  private final PostgresClones clones = new PostgresClones(AdminSessions.each(SERVER), CREDENTIALS, counts);
  private final PostgresPool pool = new PostgresPool(SERVER, Clock.systemUTC());
  private final Refill refill = new Refill(pool.size(), EPOCHS, List.of(REPOSITORY), counts, Clock.systemUTC());

  @BeforeAll
  static void aSnapshotStands() throws SQLException {
    PostgresFixture.staging("pooled_staging");
    template = EPOCHS.snapshot(REPOSITORY, EPOCH).orElseThrow();
  }

  @BeforeEach
  void thePoolIsFull() throws Exception {
    round();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private void round() throws InterruptedException {
    round(pool, refill);
  }

  private static void round(PoolStore store, Refill refill) throws InterruptedException {
    try (PoolSession session = store.open().orElseThrow()) {
      refill.fill(session, () -> true);
    }
  }

  private static AdminSession session() {
    return AdminSession.open(SERVER, AdminSession.HOME, "pooltest");
  }

  private static List<Slots.Ready> ready() {
    try (AdminSession session = session()) {
      return Slots.of(session, template.name());
    }
  }

  private static Blueprint blueprint(String branch) {
    Owner owner = new Owner(REPOSITORY.key(), Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch(branch)).environment(),
        Incarnation.FIRST);
    return new Blueprint(new OwnerTag(owner, EPOCH, INTENT), new Blueprint.Source.Snapshot(template));
  }

  @Test
  void anEnvironmentGetsASlotUnderItsOwnNameAndPassword() throws Exception {
    List<Slots.Ready> before = ready();
    assertThat(before).hasSizeGreaterThanOrEqualTo(2);

    Ensured made = clones.ensure(blueprint("feature/warm"));

    assertThat(made.drill()).contains(new RestoreDrill(StoreKind.POSTGRES, true, Verified.EQUAL, template.fingerprint()));
    assertThat(template.clones().orElseThrow().tried()).isNotEmpty();
    assertThat(ready()).hasSize(before.size() - 1);
    try (Connection connection = login(made.coordinates())) {
      assertThat(value(connection, "SELECT count(*) FROM product")).isEqualTo("100");
      run(connection, "ALTER TABLE product ADD COLUMN note text", "DROP SCHEMA \"Other schema\" CASCADE");
      assertThatThrownBy(() -> run(connection, "CREATE SCHEMA another")).isInstanceOf(SQLException.class);
      assertThat(value(connection, "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = current_user"))
          .contains(made.coordinates().user());
    }
    assertThat(clones.ensure(blueprint("feature/warm"))).isEqualTo(made);
  }

  @Test
  void nobodyGetsIntoASlot() throws SQLException {
    String slot = ready().getFirst().name();
    assertThatThrownBy(() -> login(slot, slot).close()).isInstanceOf(SQLException.class);
    Ensured neighbour = clones.ensure(blueprint("feature/neighbour"));
    assertThatThrownBy(() -> login(slot, neighbour.coordinates().user()).close()).isInstanceOf(SQLException.class)
        .extracting(e -> ((SQLException) e).getSQLState()).isEqualTo("42501");
    try (AdminSession session = session()) {
      assertThat(session.first("SELECT rolcanlogin FROM pg_roles WHERE rolname = ?", row -> row.getBoolean(1), slot))
          .contains(false);
    }
  }

  @Test
  void ofManyAtOnceEachGetsAnotherOneAndTheRestGetClones() throws Exception {
    List<Future<Ensured>> all = new ArrayList<>();
    int slots = ready().size();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5; i++) {
        Blueprint blueprint = blueprint("feature/race-" + i);
        all.add(threads.submit(() -> clones.ensure(blueprint)));
      }
    }
    List<Ensured> made = new ArrayList<>();
    for (Future<Ensured> one : all) {
      made.add(one.get());
    }
    assertThat(made).filteredOn(one -> one.drill().orElseThrow().warm()).hasSize(slots);
    for (Ensured one : made) {
      try (Connection connection = login(one.coordinates())) {
        run(connection, "INSERT INTO product (name) VALUES ('mine')");
        assertThat(value(connection, "SELECT count(*) FROM product")).isEqualTo("101");
      }
    }
    round();
    assertThat(ready()).as("demand has grown, up to the bound").hasSize(3);
  }

  @Test
  void whatAKilledRefillLeftIsThrownAway() throws Exception {
    String half = Slot.name(template.name(), 3);
    try (AdminSession session = session()) {
      Slots.drop(session, slot -> true);
    }
    admin("postgres", "CREATE DATABASE t_" + half, "CREATE ROLE " + half,
        "COMMENT ON ROLE " + half + " IS 'offshoot: made for " + half + "'");
    round();
    try (AdminSession session = session()) {
      assertThat(Databases.exists(session, "t_" + half)).isFalse();
      assertThat(ready()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(Roles.exists(session, half)).isEqualTo(Databases.exists(session, half));
    }
  }

  @Test
  void aSlotIsNobodysEnvironmentAndNobodysBackup() {
    PostgresStore store = new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
    assertThat(ready()).isNotEmpty();
    assertThat(store.all()).allSatisfy(found -> assertThat(found.owner().name().value()).doesNotStartWith(Slot.START));
  }

  @Test
  void aKilledClaimersRemainsAreInNobodysWay() throws SQLException {
    Blueprint blueprint = blueprint("feature/half");
    admin("postgres", "CREATE ROLE " + blueprint.name(), "CREATE DATABASE t_" + blueprint.name());
    assertThat(clones.ensure(blueprint).drill().orElseThrow().warm()).isTrue();
    try (AdminSession session = session()) {
      assertThat(Databases.exists(session, "t_" + blueprint.name())).isFalse();
    }
  }

  @Test
  void twoProvisionersMakeNoMoreThanIsWanted() throws Exception {
    PostgresPool other = new PostgresPool(SERVER, Clock.systemUTC());
    try (PoolSession _ = other.open().orElseThrow()) {
      assertThat(pool.open()).isEmpty();
    }
    other.close();
    round();
    assertThat(ready()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void whatIsClaimedCanBeBackedUpAndRemoved() {
    Blueprint blueprint = blueprint("feature/removed");
    clones.ensure(blueprint);
    PostgresStore store = new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
    var receipt = store.snapshot(blueprint.tag().owner()).orElseThrow();
    store.delete(blueprint.tag().owner(), new Removal.Kept(receipt));
    assertThat(store.find(blueprint.tag().owner())).isEmpty();
  }

  @Test
  void aNewSnapshotTakesThePlaceOfTheOld() throws Exception {
    RepositoryConfig other = PostgresFixture.repository("renewed", "pooled_staging", Optional.empty());
    StoreSnapshot first = EPOCHS.snapshot(other, EPOCH).orElseThrow();
    try (WarmPool renewed = new WarmPool(new PostgresPool(SERVER, Clock.systemUTC()), EPOCHS, List.of(other), Clock.systemUTC())) {
      renewed.start();
      awaitSlots(first, 2);
      StoreSnapshot second = EPOCHS.snapshot(other, LATER).orElseThrow();
      renewed.wake();
      awaitSlots(second, 2);
      awaitSlots(first, 0);
    }
  }

  private static void awaitSlots(StoreSnapshot of, int wanted) {
    Eventually.await(wanted + " slots of " + of.name() + " stand ready", Duration.ofMinutes(2), () -> {
      try (AdminSession session = session()) {
        return Slots.of(session, of.name()).size() == wanted;
      }
    });
  }

  @Test
  void aPoolThatIsOffLeavesNothing() throws Exception {
    PostgresConfig off = SERVER.with(new PostgresCloning(new PoolSize(0, 0), 0, new PostgresCloning.Check(0, 0)));
    PostgresPool none = new PostgresPool(off, Clock.systemUTC());
    round(none, new Refill(none.size(), EPOCHS, List.of(REPOSITORY), counts, Clock.systemUTC()));
    none.close();
    assertThat(ready()).isEmpty();
    Ensured made = new PostgresClones(AdminSessions.each(off), CREDENTIALS, counts).ensure(blueprint("feature/off"));
    assertThat(made.drill()).get().satisfies(drill -> {
      assertThat(drill.warm()).isFalse();
      assertThat(drill.verified()).isEqualTo(Verified.NOT_CHECKED);
    });
  }
}
