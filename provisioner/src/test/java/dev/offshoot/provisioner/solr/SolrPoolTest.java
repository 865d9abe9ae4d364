package dev.offshoot.provisioner.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.embedded.EmbeddedSolr;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.pool.PoolLock;
import dev.offshoot.provisioner.pool.PoolSession;
import dev.offshoot.provisioner.pool.Refill;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store.Ensured;
import dev.offshoot.worker.Failure;

@SuppressWarnings("NullAway.Init")
class SolrPoolTest {
  private static final Instant INTENT = Instant.parse("2026-11-21T10:00:00Z");
  private static final EpochId EPOCH = EpochId.at(Instant.parse("2026-11-21T09:30:00Z"));
  private static final EpochId LATER = EpochId.at(Instant.parse("2026-11-22T09:30:00Z"));
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("searched", "unused", Optional.of("pooled"));

  @TempDir
  static Path directory;

  private static int port;
  private static EmbeddedSolr server;
  private static SolrConfig config;
  private static SolrEpochs epochs;
  private static StoreSnapshot snapshot;
  private static Namespaces namespaces;

  private final ClaimCounts counts = new ClaimCounts(StoreKind.SOLR);
  private final SolrStore store = new SolrStore(config, Clock.systemUTC(), counts);
  private final AtomicReference<EpochId> newest = new AtomicReference<>(EPOCH);
  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final SolrPool pool = new SolrPool(config, this::take, _ -> Optional.ofNullable(newest.get()), Clock.systemUTC());
  private final Refill refill = new Refill(config.pool(), epochs, List.of(REPOSITORY), counts, Clock.systemUTC());

  private Optional<PoolLock.Held> take() {
    return taken.compareAndSet(false, true) ? Optional.of(() -> taken.set(false)) : Optional.empty();
  }

  @BeforeAll
  static void aSnapshotStands() throws Exception {
    port = FreePorts.choose();
    server = EmbeddedSolr.start(directory, port);
    config = new SolrConfig("http://127.0.0.1:" + port + "/solr", directory.resolve("backups"), SolrConfig.Mode.STANDALONE,
        Optional.empty(), new PoolSize(2, 3));
    namespaces = Namespaces.of(config);
    epochs = new SolrEpochs(config, PostgresFixture.CREDENTIALS, Clock.systemUTC());
    try (Cores cores = new Cores(config)) {
      cores.create("pooled", "pooled");
    }
    snapshot = epochs.snapshot(REPOSITORY, EPOCH).orElseThrow();
  }

  @AfterAll
  static void close() {
    epochs.close();
    namespaces.close();
    server.close();
  }

  @BeforeEach
  void thePoolIsFull() throws Exception {
    round();
  }

  private void round() throws InterruptedException {
    try (PoolSession session = pool.open().orElseThrow()) {
      refill.fill(session, () -> true);
    }
  }

  private static List<Slot> ready() {
    return new SolrSlots(namespaces).all();
  }

  private static OwnerTag tag(String branch) {
    Owner owner = new Owner(REPOSITORY.key(), Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch(branch)).environment(),
        Incarnation.FIRST);
    return new OwnerTag(owner, EPOCH, INTENT);
  }

  private Ensured ensured(OwnerTag tag) {
    return store.ensured(new Blueprint(tag, new Blueprint.Source.Snapshot(snapshot)));
  }

  private static boolean isWarm(Ensured made) {
    return made.drill().map(RestoreDrill::warm).orElseThrow();
  }

  @Test
  void anEnvironmentGetsASlotWithItsNameAndTag() {
    int before = ready().size();
    assertThat(before).isGreaterThanOrEqualTo(2);
    OwnerTag tag = tag("feature/warm");

    Ensured made = ensured(tag);

    assertThat(isWarm(made)).isTrue();
    assertThat(made.coordinates().name()).isEqualTo(tag.owner().name().value());
    assertThat(ready()).hasSize(before - 1);
    assertThat(store.find(tag.owner())).map(Standing::tag).contains(tag);
    assertThat(store.list(tag.owner().repository(), tag.owner().environment()))
        .containsExactly(new Found(tag.owner(), Found.Condition.STANDING));
    assertThat(ensured(tag)).isEqualTo(made);
  }

  @Test
  void whatAnotherIntentHasClaimedIsNotAdopted() {
    OwnerTag tag = tag("feature/intent");
    ensured(tag);
    OwnerTag later = new OwnerTag(tag.owner(), EPOCH, INTENT.plusSeconds(1));
    assertThatThrownBy(() -> ensured(later)).isInstanceOfSatisfying(Failure.class,
        e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
  }

  @Test
  void whatIsClaimedCanBeBackedUpRestoredAndRemoved() {
    OwnerTag tag = tag("feature/kept-warm");
    ensured(tag);
    var receipt = store.snapshot(tag.owner()).orElseThrow();
    store.delete(tag.owner(), new Removal.Kept(receipt));
    assertThat(store.find(tag.owner())).isEmpty();
    assertThat(store.list(tag.owner().repository(), tag.owner().environment())).isEmpty();
  }

  @Test
  void ofManyAtOnceEachGetsAnotherOneAndTheRestAreRestored() throws Exception {
    int slots = ready().size();
    List<Future<Ensured>> all = new ArrayList<>();
    try (SolrStore other = new SolrStore(config, Clock.systemUTC()); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        SolrStore one = i % 2 == 0 ? store : other;
        Blueprint blueprint = new Blueprint(tag("feature/race-" + i), new Blueprint.Source.Snapshot(snapshot));
        all.add(threads.submit(() -> one.ensured(blueprint)));
      }
    }
    int warm = 0;
    for (Future<Ensured> one : all) {
      warm += isWarm(one.get()) ? 1 : 0;
    }
    assertThat(warm).isLessThanOrEqualTo(slots);
    for (int i = 0; i < 4; i++) {
      OwnerTag tag = tag("feature/race-" + i);
      assertThat(store.find(tag.owner())).map(Standing::tag).contains(tag);
    }
    assertThat(namespaces.list().stream().map(Cores.Core::directory)).doesNotHaveDuplicates();
  }

  @Test
  void aClaimerThatDiedBeforeTheRenameCarriesOnOrIsClearedAway() throws Exception {
    OwnerTag tag = tag("feature/killed");
    for (Slot slot : ready()) {
      namespaces.mark(slot.name(), SolrNames.folder(tag));
    }
    assertThat(isWarm(ensured(tag("feature/other")))).as("marked by somebody else").isFalse();
    assertThat(isWarm(ensured(tag))).as("its own mark").isTrue();

    namespaces.mark(ready().getFirst().name(), SolrNames.folder(tag("feature/never-again")));
    SolrPool patient = new SolrPool(config, this::take, _ -> Optional.of(EPOCH), new Movable(now));
    tidy(patient);
    assertThat(ready().stream().filter(new SolrSlots(namespaces)::isMarked)).as("may be under way").isNotEmpty();
    now.updateAndGet(at -> at.plus(Duration.ofMinutes(2)));
    tidy(patient);
    assertThat(ready().stream().filter(new SolrSlots(namespaces)::isMarked)).isEmpty();
    patient.close();
  }

  private static void tidy(SolrPool patient) {
    try (PoolSession session = patient.open().orElseThrow()) {
      session.tidy(_ -> true);
    }
  }

  @Test
  void aSlotThatSomebodyTakesIsNotThrownAway() {
    Slot slot = ready().getFirst();
    namespaces.mark(slot.name(), SolrNames.folder(tag("feature/taking")));
    new SolrSlots(namespaces).drop(slot);
    assertThat(namespaces.find(slot.name())).isPresent();
    assertThat(namespaces.marks(slot.name())).containsExactly(SolrNames.folder(tag("feature/taking")));
    namespaces.unmark(slot.name(), SolrNames.folder(tag("feature/taking")));
  }

  @Test
  void whatAKilledRefillLeftIsThrownAway() throws Exception {
    String half = Slot.unfinished(Slot.name(snapshot.name(), 3));
    namespaces.create(half, SolrNames.slotFolder(snapshot.name(), INTENT), snapshot.name());
    round();
    assertThat(namespaces.find(half)).isEmpty();
    assertThat(ready()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void oneProvisionerAtATimeFillsIt() {
    try (PoolSession _ = pool.open().orElseThrow()) {
      assertThat(pool.open()).isEmpty();
    }
  }

  @Test
  void aNewSnapshotTakesThePlaceOfTheOldAndOneThatIsWrittenAnewLosesItsSlots() throws Exception {
    epochs.snapshot(REPOSITORY, EPOCH);
    assertThat(ready()).isEmpty();
    round();
    newest.set(LATER);
    round();
    assertThat(ready()).as("its backup is not there yet").isNotEmpty().allMatch(slot -> slot.snapshot().equals(snapshot.name()));
    StoreSnapshot later = epochs.snapshot(REPOSITORY, LATER).orElseThrow();
    round();
    assertThat(ready()).hasSize(2).allMatch(slot -> slot.snapshot().equals(later.name()));
    epochs.retire(REPOSITORY, LATER);
    tidy(pool);
    assertThat(ready()).isEmpty();
  }

  @Test
  void aTagOutlivesTheServer() throws Exception {
    OwnerTag tag = tag("feature/restarted-warm");
    assertThat(isWarm(ensured(tag))).isTrue();
    server.close();
    server = EmbeddedSolr.start(directory, port);
    assertThat(store.find(tag.owner())).map(Standing::tag).contains(tag);
  }

  /** A clock that is moved by hand. */
  private static final class Movable extends Clock {
    private final AtomicReference<Instant> now;

    Movable(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Objects.requireNonNull(now.get());
    }
  }
}
