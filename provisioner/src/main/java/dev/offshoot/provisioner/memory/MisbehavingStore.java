package dev.offshoot.provisioner.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/** A store, real or in memory, whose next calls go wrong as they are told to, first told first gone wrong. */
public final class MisbehavingStore implements Store {
  private final Store store;
  private final Map<Verb, Deque<Mishap>> mishaps = new EnumMap<>(Verb.class);
  private final Map<EnvironmentId, List<Found>> listed = new HashMap<>();
  private boolean listsLate;

  public MisbehavingStore(Store store) {
    this.store = store;
  }

  /** The next call of this verb goes wrong so. */
  public MisbehavingStore next(Verb verb, Mishap mishap) {
    return next(verb, mishap, 1);
  }

  /** The next calls of this verb go wrong so. */
  public synchronized MisbehavingStore next(Verb verb, Mishap mishap, int times) {
    for (int i = 0; i < times; i++) {
      mishaps.computeIfAbsent(verb, _ -> new ArrayDeque<>()).add(mishap);
    }
    return this;
  }

  /** From now on a listing shows what it showed before, and of what was not listed yet nothing, until {@link #catchUp}. */
  public synchronized MisbehavingStore listLate() {
    listsLate = true;
    return this;
  }

  /** Listings show what is there. */
  public synchronized void catchUp() {
    listsLate = false;
  }

  @Override
  public StoreKind kind() {
    return store.kind();
  }

  @Override
  public Optional<Standing> find(Owner owner) {
    return call(Verb.FIND, () -> store.find(owner), Optional.empty());
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    return ensured(blueprint).coordinates();
  }

  @Override
  public Ensured ensured(Blueprint blueprint) {
    return call(Verb.ENSURE, () -> store.ensured(blueprint),
        new Ensured(new StoreCoordinates(kind(), "nowhere", 0, "", ""), Optional.empty()));
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    return call(Verb.SNAPSHOT, () -> store.snapshot(owner), Optional.empty());
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    call(Verb.DELETE, () -> {
      store.delete(owner, removal);
      return true;
    }, false);
  }

  /** Goes wrong with delete only. */
  @Override
  public void check(Owner owner, Removal removal) {
    store.check(owner, removal);
  }

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    return call(Verb.LIST, () -> listed(repository, environment), List.of());
  }

  private synchronized List<Found> listed(RepositoryKey repository, EnvironmentId environment) {
    if (!listsLate) {
      listed.put(environment, store.list(repository, environment));
    }
    return listed.getOrDefault(environment, List.of());
  }

  private <T> T call(Verb verb, Supplier<T> call, T nothing) {
    Optional<Mishap> mishap = mishap(verb);
    if (mishap.isEmpty()) {
      return call.get();
    }
    return switch (mishap.get()) {
      case Mishap.Fails(Failure.Kind kind, String message) -> throw new Failure(kind, message);
      case Mishap.LosesItsAnswer(Failure.Kind kind, String message) -> {
        var _ = call.get();
        throw new Failure(kind, message);
      }
      case Mishap.Forgets() -> nothing;
      case Mishap.Waits(Gate gate) -> {
        gate.pass();
        yield call.get();
      }
    };
  }

  private synchronized Optional<Mishap> mishap(Verb verb) {
    return Optional.ofNullable(mishaps.get(verb)).map(Deque::poll);
  }
}
