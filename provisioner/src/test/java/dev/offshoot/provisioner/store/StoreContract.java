package dev.offshoot.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.worker.Failure;

/** What every store promises, whatever it is made of. */
public interface StoreContract {
  EpochId EPOCH = EpochId.at(Instant.parse("2026-11-21T09:30:00Z"));
  Instant INTENT = Instant.parse("2026-11-21T10:00:00Z");

  Store store();

  /** What environments are made from here. */
  Optional<StoreSnapshot> epoch();

  /** How much is in the resource, read with the environment's own credentials; an error when it can't be reached. */
  long content(Made made) throws Exception;

  /** Adds something with the environment's own credentials, so that the content grows by one. */
  void work(Made made) throws Exception;

  /** Leaves what an attempt to make it leaves that is killed halfway. */
  void leaveHalfMade(Owner owner) throws Exception;

  /** This store with credentials that its server refuses; empty where there is nobody to refuse them. */
  Optional<Store> refused();

  /** This store while its server is away. */
  Store away();

  /** This store while its server has too much to do; empty where a server cannot be made to say so. */
  Optional<Store> throttled();

  /** A resource and whose it is. */
  record Made(Owner owner, StoreCoordinates coordinates) {}

  default Made made(Owner owner) {
    return new Made(owner, store().ensure(blueprint(owner)));
  }

  default Owner owner(String branch, int incarnation) {
    RepositoryKey repository = new RepositoryKey("shop");
    return new Owner(repository, Origin.ofBranch(repository, GitRef.ofBranch(branch)).environment(),
        new Incarnation(incarnation));
  }

  default Blueprint blueprint(Owner owner) {
    return new Blueprint(new OwnerTag(owner, EPOCH, INTENT), Blueprint.Source.of(epoch()));
  }

  private Condition conditionOf(Owner owner) {
    return store().list(owner.repository(), owner.environment()).stream()
        .filter(found -> found.owner().equals(owner)).map(Found::condition).findFirst().orElseThrow();
  }

  @Test
  default void whatWasEnsuredIsFoundAndUsable() throws Exception {
    Owner owner = owner("feature/ensured", 1);
    Made made = made(owner);
    long before = content(made);
    work(made);
    assertThat(content(made)).isEqualTo(before + 1);
    assertThat(made.coordinates().kind()).isEqualTo(store().kind());
    assertThat(store().find(owner)).map(Standing::tag).contains(blueprint(owner).tag());
    assertThat(conditionOf(owner)).isEqualTo(Condition.STANDING);
  }

  @Test
  default void ensuredTwiceIsTheSameAndKeepsItsContent() throws Exception {
    Owner owner = owner("feature/twice", 1);
    Made first = made(owner);
    work(first);
    long content = content(first);
    assertThat(made(owner)).isEqualTo(first);
    assertThat(content(first)).isEqualTo(content);
  }

  @Test
  default void aMissingOneIsNotFound() {
    Owner owner = owner("feature/missing", 1);
    assertThat(store().find(owner)).isEmpty();
    assertThat(store().list(owner.repository(), owner.environment())).isEmpty();
  }

  @Test
  default void whatIsNotThereIsDeletedAlready() {
    Owner owner = owner("feature/never-was", 1);
    store().delete(owner, new Removal.NeverUsable());
    assertThat(store().list(owner.repository(), owner.environment())).isEmpty();
  }

  @Test
  default void theListShowsExactlyWhatWasEnsured() {
    Owner gone = owner("feature/listed", 1);
    Owner stands = owner("feature/listed", 2);
    Owner neighbour = owner("feature/listed-too", 1);
    List.of(gone, stands, neighbour).forEach(owner -> store().ensure(blueprint(owner)));
    store().delete(gone, new Removal.NeverUsable());
    assertThat(store().list(stands.repository(), stands.environment()))
        .containsExactly(new Found(stands, Condition.STANDING));
    assertThat(store().list(neighbour.repository(), neighbour.environment()))
        .containsExactly(new Found(neighbour, Condition.STANDING));
    assertThat(store().list(new RepositoryKey("other"), stands.environment())).isEmpty();
  }

  @Test
  default void whatIsHalfMadeIsNotFoundAndMadeWhole() throws Exception {
    Owner owner = owner("feature/half-made", 1);
    leaveHalfMade(owner);
    assertThat(store().find(owner)).isEmpty();
    assertThat(store().list(owner.repository(), owner.environment()))
        .allSatisfy(found -> assertThat(found.condition()).isEqualTo(Condition.UNFINISHED));
    Made made = made(owner);
    long fresh = content(made(owner("feature/whole", 1)));
    assertThat(content(made)).isEqualTo(fresh);
    assertThat(conditionOf(owner)).isEqualTo(Condition.STANDING);
  }

  @Test
  default void whatIsHalfMadeIsRemoved() throws Exception {
    Owner owner = owner("feature/half-gone", 1);
    leaveHalfMade(owner);
    store().delete(owner, new Removal.NeverUsable());
    assertThat(store().list(owner.repository(), owner.environment())).isEmpty();
  }

  @Test
  default void refusedCredentialsAreNotTriedAgain() {
    Assumptions.assumeTrue(refused().isPresent(), "nobody asks who we are");
    assertEveryVerbFails(refused().orElseThrow(), failure -> failure == Failure.Kind.DENIED);
  }

  @Test
  default void aServerThatIsAwayIsTriedAgain() {
    Owner owner = owner("feature/away", 1);
    Blueprint blueprint = blueprint(owner);
    assertThatThrownBy(() -> away().ensure(blueprint))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
  }

  @Test
  default void aServerThatHasTooMuchToDoIsTriedAgain() {
    Assumptions.assumeTrue(throttled().isPresent(), "a server like this never says so");
    assertEveryVerbFails(throttled().orElseThrow(), Failure.Kind::isTransient);
  }

  private void assertEveryVerbFails(Store failing, Predicate<Failure.Kind> so) {
    Owner owner = owner("feature/failing", 1);
    Blueprint blueprint = blueprint(owner);
    List<ThrowingCallable> verbs = List.of(() -> failing.find(owner), () -> failing.ensure(blueprint),
        () -> failing.snapshot(owner), () -> failing.delete(owner, new Removal.NeverUsable()),
        () -> failing.list(owner.repository(), owner.environment()));
    assertThat(verbs).allSatisfy(verb -> assertThatThrownBy(verb)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).matches(so)));
  }

  @Test
  default void environmentsAreApart() throws Exception {
    Made one = made(owner("feature/one", 1));
    Made other = made(owner("feature/other", 1));
    long before = content(other);
    work(one);
    assertThat(content(other)).isEqualTo(before);
  }

  @Test
  default void aResourceOfAnotherIntentIsNeverAdopted() {
    Owner owner = owner("feature/foreign", 1);
    store().ensure(blueprint(owner));
    Blueprint later = new Blueprint(new OwnerTag(owner, EPOCH, INTENT.plusSeconds(1)), Blueprint.Source.of(epoch()));
    assertThatThrownBy(() -> store().ensure(later))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
  }

  @Test
  default void hostileBranchNamesMakeOrdinaryResources() throws Exception {
    for (String branch : List.of("'; DROP DATABASE x;--", "$(reboot)", "../../etc/passwd", "*?[]\\^", "🌱".repeat(60),
        "ÄÖÜ\"")) {
      Owner owner = owner(branch, 1);
      Made made = made(owner);
      work(made);
      assertThat(store().find(owner)).isPresent();
      store().delete(owner, new Removal.NeverUsable());
    }
  }

  @Test
  default void aBackupClosesTheResourceAndIsAnsweredAgain() throws Exception {
    Owner owner = owner("feature/kept", 1);
    Made made = made(owner);
    work(made);
    BackupReceipt receipt = store().snapshot(owner).orElseThrow();
    assertThat(receipt.incarnation()).isEqualTo(owner.incarnation());
    assertThat(receipt.fingerprint()).isNotEmpty();
    assertThatThrownBy(() -> work(made)).isNotNull();
    assertThat(store().snapshot(owner)).get().extracting(BackupReceipt::kept, BackupReceipt::fingerprint)
        .containsExactly(receipt.kept(), receipt.fingerprint());
    store().delete(owner, new Removal.Kept(receipt));
    store().delete(owner, new Removal.Kept(receipt));
    assertThat(store().find(owner)).isEmpty();
    assertThat(store().list(owner.repository(), owner.environment()))
        .allSatisfy(found -> assertThat(found.condition()).isEqualTo(Condition.KEPT));
  }

  @Test
  default void whatWasKeptIsNotMadeAgain() {
    Owner owner = owner("feature/late", 1);
    made(owner);
    BackupReceipt receipt = store().snapshot(owner).orElseThrow();
    assertThatThrownBy(() -> made(owner))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
    store().delete(owner, new Removal.Kept(receipt));
    boolean stillKnown = !store().list(owner.repository(), owner.environment()).isEmpty();
    if (stillKnown) {
      assertThatThrownBy(() -> made(owner))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
      store().delete(owner, new Removal.Kept(receipt));
    }
    assertThat(store().find(owner)).isEmpty();
  }

  @Test
  default void whatWasKeptGoesOnceItsRetentionIsOver() {
    Owner owner = owner("feature/expired", 1);
    made(owner);
    BackupReceipt receipt = store().snapshot(owner).orElseThrow();
    store().delete(owner, new Removal.Kept(receipt));
    store().delete(owner, new Removal.Expired(receipt));
    store().delete(owner, new Removal.Expired(receipt));
    assertThat(store().list(owner.repository(), owner.environment())).isEmpty();
  }

  @Test
  default void thereIsNoBackupOfNothing() {
    assertThat(store().snapshot(owner("feature/nothing", 1))).isEmpty();
  }

  @Test
  default void destroyWithoutAVerifiedBackupIsRefused() throws Exception {
    Owner owner = owner("feature/unkept", 1);
    Made made = made(owner);
    long before = content(made);
    BackupReceipt invented = new BackupReceipt(store().kind(), owner.incarnation(), "somewhere", 1, "f00",
        "not at all", INTENT, Optional.empty());
    for (ThrowingCallable refused : List.<ThrowingCallable>of(() -> store().check(owner, new Removal.Kept(invented)),
        () -> store().delete(owner, new Removal.Kept(invented)))) {
      assertThatThrownBy(refused).isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
    }
    assertThat(content(made)).isEqualTo(before);
    BackupReceipt real = store().snapshot(owner).orElseThrow();
    BackupReceipt forged = new BackupReceipt(real.kind(), real.incarnation(), real.kept(), real.bytes(), "f00",
        real.verified(), INTENT, real.keeping());
    assertThatThrownBy(() -> store().check(owner, new Removal.Kept(forged))).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> store().delete(owner, new Removal.Kept(forged))).isInstanceOf(Failure.class);
    List<Found> held = store().list(owner.repository(), owner.environment());
    store().check(owner, new Removal.Kept(real));
    assertThat(store().list(owner.repository(), owner.environment())).as("a look removes nothing").isEqualTo(held);
  }

  @Test
  default void whatNeverWasUsableGoesWithoutATrace() {
    Owner owner = owner("feature/unusable", 1);
    store().ensure(blueprint(owner));
    store().delete(owner, new Removal.NeverUsable());
    store().delete(owner, new Removal.NeverUsable());
    assertThat(store().list(owner.repository(), owner.environment())).isEmpty();
  }

  @Test
  default void everyIncarnationIsListed() {
    Owner first = owner("feature/again", 1);
    Owner second = owner("feature/again", 12);
    store().ensure(blueprint(first));
    store().ensure(blueprint(second));
    assertThat(store().list(first.repository(), first.environment())).extracting(Found::owner)
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  default void ofTwoAtOnceAtLeastOneSucceedsAndTheResultIsWhole() throws Exception {
    Owner owner = owner("feature/contended", 1);
    List<Failure> lost = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<StoreCoordinates> attempt = () -> store().ensure(blueprint(owner));
      List<Future<StoreCoordinates>> attempts = List.of(threads.submit(attempt), threads.submit(attempt));
      for (Future<StoreCoordinates> each : attempts) {
        try {
          each.get();
        } catch (ExecutionException e) {
          lost.add((Failure) e.getCause());
        }
      }
    }
    assertThat(lost).hasSizeLessThan(2).allMatch(failure -> failure.kind().isTransient());
    Made made = made(owner);
    work(made);
    assertThat(content(made)).isPositive();
  }
}
