package dev.offshoot.provisioner.memory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.memory.Resource.State;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/**
 * A store whose resources are lists of texts. Each starts as a copy of what {@link #publish} put under its snapshot's
 * name; one without a snapshot starts empty.
 */
public final class MemoryStore implements Store {
  private final StoreKind kind;
  private final Clock clock;
  private final Consumer<Blueprint> restore;
  private final Map<String, List<String>> snapshots = new LinkedHashMap<>();
  private final Map<ResourceName, Resource> resources = new LinkedHashMap<>();
  private final Map<ResourceName, Kept> kept = new LinkedHashMap<>();

  private record Kept(Owner owner, BackupReceipt receipt, List<String> content) {}

  /** Everything is done at once. */
  public MemoryStore(StoreKind kind, Clock clock) {
    this(kind, clock, _ -> { });
  }

  /**
   * A store whose restores take their time.
   *
   * @param restore comes between the beginning of a resource and its end; blocks for as long as the restore is to take,
   *     and throws when it is to be as if the caller was killed meanwhile
   */
  public MemoryStore(StoreKind kind, Clock clock, Consumer<Blueprint> restore) {
    this.kind = kind;
    this.clock = clock;
    this.restore = restore;
  }

  /** What environments can be made from, under this name. */
  public synchronized void publish(String snapshot, List<String> content) {
    snapshots.put(snapshot, List.copyOf(content));
  }

  @Override
  public StoreKind kind() {
    return kind;
  }

  @Override
  public synchronized Optional<Standing> find(Owner owner) {
    return Optional.ofNullable(resources.get(owner.name()))
        .filter(resource -> resource.isOf(owner) && resource.state() == State.STANDING)
        .map(resource -> new Standing(resource.tag(), 0));
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    if (begun(blueprint)) {
      restore.accept(blueprint);
      finish(blueprint);
    }
    return new StoreCoordinates(kind, "memory", 1, blueprint.name().value(), "");
  }

  /** False when it stands. What an earlier attempt has left is begun anew. */
  private synchronized boolean begun(Blueprint blueprint) {
    ResourceName name = blueprint.name();
    Optional<Resource> before = Optional.ofNullable(resources.get(name));
    if (kept.containsKey(name) || before.filter(resource -> resource.state() == State.CLOSED).isPresent()) {
      throw invalid(name + " was destroyed and kept: it is not made again");
    }
    Optional<Resource> standing = before.filter(resource -> resource.state() == State.STANDING);
    if (standing.filter(resource -> !resource.tag().equals(blueprint.tag())).isPresent()) {
      throw invalid(name + " is there already and was not made by this intent");
    }
    if (standing.isEmpty()) {
      resources.put(name, Resource.unfinished(blueprint.tag()));
    }
    return standing.isEmpty();
  }

  private synchronized void finish(Blueprint blueprint) {
    List<String> content = content(blueprint.from());
    boolean ours = Optional.ofNullable(resources.get(blueprint.name()))
        .filter(Resource.unfinished(blueprint.tag())::equals).isPresent();
    if (!ours) {
      throw new Failure(Failure.Kind.BUSY, "Somebody else has made or removed " + blueprint.name() + " meanwhile");
    }
    resources.put(blueprint.name(), new Resource(blueprint.tag(), State.STANDING, content));
  }

  private List<String> content(Blueprint.Source source) {
    return switch (source) {
      case Blueprint.Source.Empty() -> List.of();
      case Blueprint.Source.Snapshot(StoreSnapshot part) -> Optional.ofNullable(snapshots.get(part.name()))
          .orElseThrow(() -> invalid("There is no snapshot " + part.name()));
      case Blueprint.Source.Backup(BackupReceipt receipt) -> kept.values().stream()
          .filter(one -> one.receipt().equals(receipt)).findFirst().map(Kept::content)
          .orElseThrow(() -> invalid("There is no backup " + receipt.kept()));
    };
  }

  @Override
  public synchronized Optional<BackupReceipt> snapshot(Owner owner) {
    Optional<BackupReceipt> before = Optional.ofNullable(kept.get(owner.name())).map(Kept::receipt);
    if (before.isPresent()) {
      return before;
    }
    Optional<Resource> found = Optional.ofNullable(resources.get(owner.name()))
        .filter(resource -> resource.state() != State.UNFINISHED);
    return found.map(resource -> {
      refuseUnlessOurs(resource, owner);
      BackupReceipt receipt = new BackupReceipt(kind, owner.incarnation(), "kept/" + owner.name(),
          resource.content().size(), "items=" + resource.content().hashCode(), "compared item by item",
          clock.instant(), Optional.of(Keeping.retained(resource.tag().epoch())));
      resources.put(owner.name(), new Resource(resource.tag(), State.CLOSED, resource.content()));
      kept.put(owner.name(), new Kept(owner, receipt, resource.content()));
      return receipt;
    });
  }

  @Override
  public synchronized void delete(Owner owner, Removal removal) {
    check(owner, removal);
    if (removal instanceof Removal.Expired) {
      kept.remove(owner.name());
    } else {
      resources.remove(owner.name());
    }
  }

  @Override
  public synchronized void check(Owner owner, Removal removal) {
    if (removal instanceof Removal.Expired) {
      return;
    }
    Optional.ofNullable(resources.get(owner.name())).ifPresent(resource -> refuseUnlessOurs(resource, owner));
    if (removal instanceof Removal.Kept(BackupReceipt receipt)
        && Optional.ofNullable(kept.get(owner.name())).filter(one -> one.receipt().equals(receipt)).isEmpty()) {
      throw invalid(owner.name() + " is not removed: there is no verified backup of it");
    }
  }

  private static void refuseUnlessOurs(Resource resource, Owner owner) {
    if (!resource.isOf(owner)) {
      throw invalid(owner.name() + " is not tagged as ours: it is left alone");
    }
  }

  @Override
  public synchronized List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    List<Found> found = new ArrayList<>();
    resources.values().stream()
        .filter(resource -> resource.owner().repository().equals(repository)
            && resource.owner().environment().equals(environment))
        .forEach(resource -> found.add(new Found(resource.owner(),
            resource.state() == State.UNFINISHED ? Condition.UNFINISHED : Condition.STANDING)));
    kept.values().stream()
        .filter(one -> one.owner().repository().equals(repository) && one.owner().environment().equals(environment))
        .forEach(one -> found.add(new Found(one.owner(), Condition.KEPT)));
    return Found.onePerOwner(found);
  }

  /** As the environment itself reads it. Failure DENIED when it is closed, UNAVAILABLE when it is not there. */
  public synchronized List<String> read(Owner owner) {
    return entered(owner).content();
  }

  /** As the environment itself adds to it. */
  public synchronized void write(Owner owner, String item) {
    Resource resource = entered(owner);
    List<String> content = new ArrayList<>(resource.content());
    content.add(item);
    resources.put(owner.name(), new Resource(resource.tag(), State.STANDING, content));
  }

  private Resource entered(Owner owner) {
    Resource resource = Optional.ofNullable(resources.get(owner.name()))
        .orElseThrow(() -> new Failure(Failure.Kind.UNAVAILABLE, "There is no " + owner.name()));
    if (resource.state() != State.STANDING || !resource.isOf(owner)) {
      throw new Failure(Failure.Kind.DENIED, owner.name() + " is closed to its environment");
    }
    return resource;
  }

  /** Loses a resource, as a server does that comes back without it; what was kept of it stays. */
  public synchronized void lose(Owner owner) {
    resources.remove(owner.name());
  }

  private static Failure invalid(String message) {
    return new Failure(Failure.Kind.INVALID, message);
  }
}
