package dev.offshoot.provisioner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Subject;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.EpochSource;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;

/** All stores together; what is asked of them is done at the same time. */
public final class EnvironmentStores {
  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentStores.class);

  private final List<Store> stores;
  private final List<EpochSource> sources;
  private final Runnable snapshotTaken;

  public EnvironmentStores(List<Store> stores, List<EpochSource> sources) {
    this(stores, sources, () -> { });
  }

  /** @param snapshotTaken hears of each new epoch */
  EnvironmentStores(List<Store> stores, List<EpochSource> sources, Runnable snapshotTaken) {
    this.stores = List.copyOf(stores);
    this.sources = List.copyOf(sources);
    this.snapshotTaken = snapshotTaken;
  }

  /** Makes what the epoch has a part of, and what starts empty. */
  Prepared ensure(OwnerTag tag, Epoch epoch) throws InterruptedException {
    List<Callable<Store.Ensured>> tasks = new ArrayList<>();
    for (Store store : stores) {
      Optional<StoreSnapshot> part = epoch.of(store.kind());
      if (part.isPresent() || startsEmpty(store.kind(), tag.owner())) {
        tasks.add(() -> timed(store, new Blueprint(tag, Blueprint.Source.of(part))));
      }
    }
    List<Store.Ensured> all = AllAtOnce.run(tasks);
    return new Prepared(all.stream().map(Store.Ensured::coordinates).toList(),
        all.stream().flatMap(one -> one.drill().stream()).toList());
  }

  /** An incarnation's stores, and how those that are copies were checked. */
  record Prepared(List<StoreCoordinates> coordinates, List<RestoreDrill> drills) {
    StoresReady ready(Subject subject, EpochId epoch, Duration took) {
      return new StoresReady(subject, epoch, coordinates, took, Optional.of(drills), Optional.empty());
    }
  }

  /** Makes what there is a backup of from that, and what starts empty otherwise. */
  Prepared restore(OwnerTag tag, List<BackupReceipt> receipts) throws InterruptedException {
    List<Callable<Store.Ensured>> tasks = new ArrayList<>();
    for (Store store : stores) {
      Optional<BackupReceipt> receipt = receipts.stream().filter(r -> r.kind() == store.kind()).findFirst();
      if (receipt.isPresent() || startsEmpty(store.kind(), tag.owner())) {
        Blueprint.Source from = receipt.<Blueprint.Source>map(Blueprint.Source.Backup::new).orElseGet(Blueprint.Source.Empty::new);
        tasks.add(() -> timed(store, new Blueprint(tag, from)));
      }
    }
    List<Store.Ensured> all = AllAtOnce.run(tasks);
    return new Prepared(all.stream().map(Store.Ensured::coordinates).toList(),
        all.stream().flatMap(one -> one.drill().stream()).toList());
  }

  /** Removes what was kept, in the store that kept it. */
  boolean drop(Owner owner, BackupReceipt receipt) {
    stores.stream().filter(store -> store.kind() == receipt.kind())
        .forEach(store -> store.delete(owner, new Removal.Expired(receipt)));
    return true;
  }

  private static Store.Ensured timed(Store store, Blueprint blueprint) {
    long started = System.nanoTime();
    Store.Ensured made = store.ensured(blueprint);
    LOG.atInfo().addKeyValue("environment", blueprint.tag().owner().environment()).addKeyValue("store", store.kind())
        .addKeyValue("warm", made.drill().map(RestoreDrill::warm).orElse(false))
        .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)).log("Stands");
    return made;
  }

  /** A rehearsal has nothing but what its epoch has. */
  private static boolean startsEmpty(StoreKind kind, Owner owner) {
    return switch (kind) {
      case POSTGRES, SOLR -> false;
      case REDIS -> !owner.environment().isRehearsal();
    };
  }

  /** Takes an epoch of all stores that the original has. */
  List<StoreSnapshot> snapshot(Original original, EpochId epoch) throws InterruptedException {
    List<Callable<Optional<StoreSnapshot>>> tasks = new ArrayList<>();
    for (EpochSource source : sources) {
      tasks.add(() -> source.snapshot(original, epoch));
    }
    List<StoreSnapshot> parts = AllAtOnce.run(tasks).stream().flatMap(Optional::stream).toList();
    snapshotTaken.run();
    return parts;
  }

  /** Removes all parts of an epoch that nobody is given any more. */
  void retire(Original original, EpochId epoch) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (EpochSource source : sources) {
      tasks.add(() -> {
        source.retire(original, epoch);
        return true;
      });
    }
    AllAtOnce.run(tasks);
  }

  /** Whether every part of an epoch is still there to be cloned. */
  boolean hold(Epoch epoch) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (EpochSource source : sources) {
      epoch.of(source.kind()).ifPresent(part -> tasks.add(() -> source.holds(part)));
    }
    return AllAtOnce.run(tasks).stream().allMatch(held -> held);
  }

  /** The epochs of a repository's Staging whose every part is there to be cloned, oldest first. */
  public List<Epoch> epochs(RepositoryConfig repository) {
    return epochs(Original.staging(repository));
  }

  /** The same of any original. */
  public List<Epoch> epochs(Original original) {
    return sources.stream().flatMap(source -> source.list(original).stream()).distinct().sorted()
        .map(id -> new Epoch(id, id.takenAt(),
            sources.stream().flatMap(source -> source.find(original, id).stream()).toList()))
        .filter(epoch -> sources.stream()
            .allMatch(source -> epoch.of(source.kind()).isPresent() || !isIn(source.kind(), original)))
        .toList();
  }

  private static boolean isIn(StoreKind kind, Original original) {
    return switch (kind) {
      case POSTGRES -> true;
      case SOLR -> original.stores().core().isPresent();
      case REDIS -> false;
    };
  }

  /** Whether all that an incarnation has is there, finished, and made by one intent. */
  boolean haveAll(OwnerTag tag, Epoch epoch) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (Store store : stores) {
      if (epoch.of(store.kind()).isPresent() || startsEmpty(store.kind(), tag.owner())) {
        tasks.add(() -> store.find(tag.owner()).map(Standing::tag).filter(tag::equals).isPresent());
      }
    }
    return AllAtOnce.run(tasks).stream().allMatch(found -> found);
  }

  /** What is written on an incarnation's resources, by the first store that has one. */
  public Optional<OwnerTag> tag(Owner owner) {
    return stores.stream().flatMap(store -> store.find(owner).stream()).findFirst().map(Standing::tag);
  }

  /** What the stores hold of an environment. */
  List<Holding> list(RepositoryConfig repository, EnvironmentId environment) throws InterruptedException {
    List<Callable<List<Holding>>> tasks = new ArrayList<>();
    for (Store store : stores) {
      tasks.add(() -> holdings(store, store.list(repository.key(), environment)));
    }
    return AllAtOnce.run(tasks).stream().flatMap(List::stream).toList();
  }

  /**
   * The same, with some incarnations asked for by name: a server that was just started may not list everything yet, but
   * says so.
   */
  List<Holding> listWith(RepositoryConfig repository, EnvironmentId environment, Collection<Incarnation> known)
      throws InterruptedException {
    List<Callable<List<Holding>>> tasks = new ArrayList<>();
    for (Store store : stores) {
      tasks.add(() -> {
        List<Found> found = new ArrayList<>();
        for (Incarnation incarnation : known) {
          Owner owner = new Owner(repository.key(), environment, incarnation);
          store.find(owner).ifPresent(_ -> found.add(new Found(owner, Found.Condition.STANDING)));
        }
        found.addAll(store.list(repository.key(), environment));
        return holdings(store, Found.onePerOwner(found));
      });
    }
    return AllAtOnce.run(tasks).stream().flatMap(List::stream).toList();
  }

  private static List<Holding> holdings(Store store, List<Found> found) {
    return found.stream().map(one -> new Holding(store, one)).toList();
  }

  /** How many clients are connected to an incarnation's stores now. */
  int sessions(Owner owner) throws InterruptedException {
    List<Callable<Optional<Standing>>> tasks = new ArrayList<>();
    for (Store store : stores) {
      tasks.add(() -> store.find(owner));
    }
    return AllAtOnce.run(tasks).stream().flatMap(Optional::stream).mapToInt(Standing::sessions).sum();
  }

  /** The store that something was found in. */
  record Holding(Store store, Found found) {}
}
