package dev.offshoot.provisioner.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;
import dev.offshoot.worker.Failure;

class MemoryStoreTest implements StoreContract {
  private static final StoreSnapshot STAGING = new StoreSnapshot(StoreKind.SOLR, "staging", INTENT, 2);

  private boolean killed;
  private final MemoryStore store = new MemoryStore(StoreKind.SOLR, Clock.systemUTC(), _ -> {
    if (killed) {
      throw new IllegalStateException("killed");
    }
  });

  MemoryStoreTest() {
    store.publish(STAGING.name(), List.of("one", "two"));
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Optional<StoreSnapshot> epoch() {
    return Optional.of(STAGING);
  }

  @Override
  public long content(Made made) {
    return store.read(made.owner()).size();
  }

  @Override
  public void work(Made made) {
    store.write(made.owner(), "more");
  }

  @Override
  public void leaveHalfMade(Owner owner) {
    killed = true;
    assertThatThrownBy(() -> store.ensure(blueprint(owner))).hasMessage("killed");
    killed = false;
  }

  @Override
  public Optional<Store> refused() {
    return Optional.of(always(Failure.Kind.DENIED));
  }

  @Override
  public Store away() {
    return always(Failure.Kind.UNAVAILABLE);
  }

  @Override
  public Optional<Store> throttled() {
    return Optional.of(always(Failure.Kind.BUSY));
  }

  private Store always(Failure.Kind kind) {
    MisbehavingStore failing = new MisbehavingStore(store);
    for (Verb verb : Verb.values()) {
      failing.next(verb, new Mishap.Fails(kind, "as told"), 10);
    }
    return failing;
  }

  @Test
  void aRestoreOfTwentyMinutesIsUnfinishedUntilItEnds() throws Exception {
    Gate restore = new Gate();
    MemoryStore slow = slow(restore);
    Owner owner = owner("feature/slow", 1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreCoordinates> making = threads.submit(() -> slow.ensure(blueprint(owner)));
      restore.awaitReached();
      assertThat(slow.find(owner)).isEmpty();
      assertThat(slow.list(owner.repository(), owner.environment()))
          .containsExactly(new Found(owner, Condition.UNFINISHED));
      restore.open();
      assertThat(making.get().name()).isEqualTo(owner.name().value());
    }
    assertThat(slow.find(owner)).isPresent();
  }

  @Test
  void aRestoreThatIsGivenUpIsBegunAnew() throws Exception {
    Gate restore = new Gate();
    MemoryStore slow = slow(restore);
    Owner owner = owner("feature/given-up", 1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreCoordinates> making = threads.submit(() -> slow.ensure(blueprint(owner)));
      restore.awaitReached();
      making.cancel(true);
    }
    assertThat(slow.find(owner)).isEmpty();
    restore.open();
    slow.ensure(blueprint(owner));
    assertThat(slow.read(owner)).containsExactly("one", "two");
  }

  @Test
  void aRestoreThatEndsAfterItsResourceWasRemovedBringsNothingBack() throws Exception {
    Gate restore = new Gate();
    MemoryStore slow = slow(restore);
    Owner owner = owner("feature/removed", 1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreCoordinates> making = threads.submit(() -> slow.ensure(blueprint(owner)));
      restore.awaitReached();
      slow.delete(owner, new Removal.NeverUsable());
      restore.open();
      assertThatThrownBy(making::get).isInstanceOf(ExecutionException.class)
          .cause().isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind().isTransient()).isTrue());
    }
    assertThat(slow.list(owner.repository(), owner.environment())).isEmpty();
  }

  private static MemoryStore slow(Gate restore) {
    MemoryStore slow = new MemoryStore(StoreKind.SOLR, Clock.systemUTC(), _ -> restore.pass());
    slow.publish(STAGING.name(), List.of("one", "two"));
    return slow;
  }

  @Test
  void anAnswerThatIsLostIsGivenAgain() {
    MisbehavingStore forgetful = new MisbehavingStore(store)
        .next(Verb.ENSURE, new Mishap.LosesItsAnswer(Failure.Kind.UNAVAILABLE, "cut off"));
    Owner owner = owner("feature/unheard", 1);
    assertThatThrownBy(() -> forgetful.ensure(blueprint(owner))).isInstanceOf(Failure.class);
    assertThat(forgetful.find(owner)).isPresent();
    assertThat(forgetful.ensure(blueprint(owner)).name()).isEqualTo(owner.name().value());
  }

  @Test
  void aLateListingStillShowsWhatIsGoneAndNotYetWhatIsThere() {
    MisbehavingStore late = new MisbehavingStore(store);
    Owner first = owner("feature/late", 1);
    Owner second = owner("feature/late", 2);
    late.ensure(blueprint(first));
    assertThat(late.list(first.repository(), first.environment())).extracting(Found::owner).containsExactly(first);
    late.listLate();
    late.ensure(blueprint(second));
    late.delete(first, new Removal.NeverUsable());
    assertThat(late.list(first.repository(), first.environment())).extracting(Found::owner).containsExactly(first);
    assertThat(late.find(second)).as("what is asked for by name is never late").isPresent();
    late.catchUp();
    assertThat(late.list(first.repository(), first.environment())).extracting(Found::owner).containsExactly(second);
  }

  @Test
  void whatAServerHasLostIsNotFoundAndItsBackupIsStillKept() {
    Owner owner = owner("feature/lost", 1);
    store.ensure(blueprint(owner));
    store.snapshot(owner);
    store.lose(owner);
    assertThat(store.find(owner)).isEmpty();
    assertThat(store.list(owner.repository(), owner.environment()))
        .containsExactly(new Found(owner, Condition.KEPT));
  }
}
