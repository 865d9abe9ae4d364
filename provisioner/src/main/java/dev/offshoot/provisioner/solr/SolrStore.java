package dev.offshoot.provisioner.solr;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.solr.Cores.Core;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.OneAtATime;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/**
 * A namespace per environment, filled under a temporary name and published by a rename. Whoever reaches the server, and may
 * log in where it asks, reaches every one.
 */
public final class SolrStore implements Store, AutoCloseable {
  private final SolrConfig config;
  private final Namespaces namespaces;
  private final SolrTags tags;
  private final SolrSlots slots;
  private final ClaimCounts counts;
  private final Clock clock;
  private final OneAtATime alone = new OneAtATime();

  /** Takes what stands ready in the pool, which nobody fills. */
  public SolrStore(SolrConfig config, Clock clock) {
    this(config, clock, new ClaimCounts(StoreKind.SOLR));
  }

  /** @param counts of the pool, which hears what was taken from it */
  public SolrStore(SolrConfig config, Clock clock, ClaimCounts counts) {
    this.config = config;
    this.namespaces = Namespaces.of(config);
    this.tags = new SolrTags(namespaces);
    this.slots = new SolrSlots(namespaces);
    this.counts = counts;
    this.clock = clock;
  }

  @Override
  public StoreKind kind() {
    return StoreKind.SOLR;
  }

  @Override
  public Optional<Standing> find(Owner owner) {
    Optional<Core> standing = namespaces.find(owner.name().value());
    if (standing.isEmpty() && namespaces.find(SolrNames.closed(owner.name())).isPresent()) {
      return Optional.empty();
    }
    return standing.flatMap(core -> tags.find(core, owner)).map(tag -> new Standing(tag, 0));
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    return ensured(blueprint).coordinates();
  }

  @Override
  public Ensured ensured(Blueprint blueprint) {
    return alone.work(blueprint.tag().owner(), () -> {
      Optional<Core> standing = namespaces.find(blueprint.name().value());
      standing.ifPresent(core -> refuseUnlessOurs(core, blueprint.tag()));
      if (namespaces.find(SolrNames.closed(blueprint.name())).isPresent()) {
        throw new Failure(Failure.Kind.INVALID, "The core " + blueprint.name()
            + " is being destroyed and was closed: it is not made again");
      }
      boolean warm = standing.isPresent() ? standing.flatMap(SolrNames::pooled).isPresent() : make(blueprint);
      return new Ensured(coordinates(blueprint.name().value()), Optional.of(
          new RestoreDrill(StoreKind.SOLR, warm, RestoreDrill.Verified.NOT_CHECKED, Optional.empty())));
    });
  }

  private void refuseUnlessOurs(Core core, OwnerTag tag) {
    if (tags.find(core, tag.owner()).filter(tag::equals).isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "A core " + core.name()
          + " stands already and was not made by this intent; "
          + "look what it is, then rename or unload it");
    }
  }

  /** Whether it was taken from the pool. */
  private boolean make(Blueprint blueprint) {
    return switch (blueprint.from()) {
      case Blueprint.Source.Snapshot(StoreSnapshot part) -> {
        if (slotsAreKept() && slots.claim(blueprint.tag(), part)) {
          yield counts.warm(true);
        }
        yield counts.cold(part.name(), () -> make(blueprint, part.name()));
      }
      case Blueprint.Source.Backup(BackupReceipt receipt) -> make(blueprint, receipt.kept());
      case Blueprint.Source.Empty() -> throw new Failure(Failure.Kind.INVALID, "The epoch " + blueprint.tag().epoch()
          + " has no search index");
    };
  }

  private boolean slotsAreKept() {
    return config.mode() == SolrConfig.Mode.STANDALONE && config.pool().max() > 0;
  }

  private boolean make(Blueprint blueprint, String from) {
    String unfinished = SolrNames.unfinished(blueprint.name());
    namespaces.create(unfinished, SolrNames.folder(blueprint.tag()), from);
    if (blueprint.from() instanceof Blueprint.Source.Backup(BackupReceipt receipt)) {
      refuseUnlessItHolds(unfinished, receipt);
    }
    FaultPoint.at("solr.publish.before");
    namespaces.rename(unfinished, blueprint.name().value());
    FaultPoint.at("solr.publish.after");
    return false;
  }

  private void refuseUnlessItHolds(String core, BackupReceipt receipt) {
    String content = namespaces.content(core);
    if (!isTheSame(receipt, content)) {
      namespaces.remove(core);
      throw new Failure(Failure.Kind.INVALID, "What was restored from " + receipt.kept() + " is " + content + " instead of "
          + receipt.fingerprint() + ": it is not what was kept, and is not used");
    }
  }

  /** Receipts of before tell the number of documents only. */
  private static boolean isTheSame(BackupReceipt receipt, String content) {
    return content.equals(receipt.fingerprint()) || content.startsWith(receipt.fingerprint() + " ");
  }

  private StoreCoordinates coordinates(String core) {
    URI url = URI.create(config.url());
    return new StoreCoordinates(StoreKind.SOLR, url.getHost(), url.getPort(), core, "");
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    return alone.work(owner, () -> {
      String closed = SolrNames.closed(owner.name());
      Optional<Core> standing = namespaces.find(owner.name().value());
      if (standing.isPresent()) {
        tagOf(standing.get(), owner);
        namespaces.commit(standing.get().name());
        FaultPoint.at("solr.close.before");
        namespaces.rename(standing.get().name(), closed);
        FaultPoint.at("solr.close.after");
      }
      return namespaces.find(closed).map(core -> keep(owner, core));
    });
  }

  private BackupReceipt keep(Owner owner, Core core) {
    OwnerTag tag = tagOf(core, owner);
    String name = SolrNames.backup(owner.name());
    FaultPoint.at("solr.backup.before");
    namespaces.backUp(core.name(), name);
    FaultPoint.at("solr.backup.after");
    String trial = SolrNames.unfinished(owner.name());
    namespaces.create(trial, SolrNames.folder(tag) + "-trial", name);
    FaultPoint.at("solr.trial.restored");
    String before = namespaces.content(core.name());
    String restored = namespaces.content(trial);
    namespaces.remove(trial);
    FaultPoint.at("solr.trial.removed");
    if (!restored.equals(before)) {
      throw new Failure(Failure.Kind.INVALID, "The backup of core " + owner.name() + " restores " + restored + " instead of " + before
          + "; nothing is removed");
    }
    return new BackupReceipt(StoreKind.SOLR, owner.incarnation(), name, core.bytes(), before,
        "restored into a core of its own, documents counted and their versions hashed", clock.instant(),
        Optional.of(Keeping.archived(tag.epoch(), namespaces.checksum(name))));
  }

  private OwnerTag tagOf(Core core, Owner owner) {
    return tags.find(core, owner).orElseThrow(
        () -> new Failure(Failure.Kind.INVALID, "The core " + core.name()
            + " is not tagged as ours: it is left alone"));
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    alone.work(owner, () -> {
      if (removal instanceof Removal.Expired) {
        FaultPoint.at("solr.kept.remove.before");
        namespaces.removeBackup(SolrNames.backup(owner.name()));
        FaultPoint.at("solr.kept.remove.after");
        return true;
      }
      check(owner, removal);
      FaultPoint.at("solr.delete.before");
      namespaces.remove(owner.name().value());
      namespaces.remove(SolrNames.closed(owner.name()));
      FaultPoint.at("solr.delete.removed");
      namespaces.remove(SolrNames.unfinished(owner.name()));
      FaultPoint.at("solr.delete.after");
      return true;
    });
  }

  @Override
  public void check(Owner owner, Removal removal) {
    if (removal instanceof Removal.Expired) {
      return;
    }
    Optional<Core> standing = namespaces.find(owner.name().value());
    standing.ifPresent(core -> tagOf(core, owner));
    Optional<Core> closed = namespaces.find(SolrNames.closed(owner.name()));
    if (removal instanceof Removal.Kept(BackupReceipt receipt) && !holds(owner, receipt, standing, closed)) {
      throw new Failure(Failure.Kind.INVALID, "The core of " + owner
          + " is not removed: there is no verified backup of it. Look at the backup " + SolrNames.backup(owner.name())
          + ", then destroy the environment again");
    }
  }

  /** Once the core is gone nothing is left to be refused. */
  private boolean holds(Owner owner, BackupReceipt receipt, Optional<Core> standing, Optional<Core> closed) {
    return receipt.kind() == StoreKind.SOLR
        && receipt.incarnation().equals(owner.incarnation())
        && receipt.kept().equals(SolrNames.backup(owner.name()))
        && standing.isEmpty()
        && closed.map(core -> isTheSame(receipt, namespaces.content(core.name())) && namespaces.isWhole(receipt)).orElse(true);
  }

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    List<Found> found = new ArrayList<>();
    for (Core core : namespaces.list()) {
      Owner.endingLike(core.name(), repository, environment).ifPresent(owner -> {
        if (core.name().equals(owner.name().value()) || core.name().equals(SolrNames.closed(owner.name()))) {
          found.add(new Found(owner, Condition.STANDING));
        } else if (core.name().equals(SolrNames.unfinished(owner.name()))) {
          found.add(new Found(owner, Condition.UNFINISHED));
        }
      });
    }
    return Found.onePerOwner(found);
  }

  @Override
  public void close() {
    namespaces.close();
  }
}
