package dev.offshoot.provisioner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.provisioner.EnvironmentStores.Holding;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * Takes what stands in the stores for what was decided once, where the state of it was lost. The tags name the intent
 * that made a resource: that intent is committed again, and carried on with as after any crash. Nothing is adopted that
 * is not all there, or of several intents; then the next incarnation is made, and what is left stays until the
 * environment is destroyed.
 */
final class Adoption {
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  private final EnvironmentStores stores;
  private final Tips tips;
  private final Creation creation;
  private final Snapshots snapshots;

  Adoption(EnvironmentStores stores, Tips tips, Creation creation, Snapshots snapshots) {
    this.stores = stores;
    this.tips = tips;
    this.creation = creation;
    this.snapshots = snapshots;
  }

  /** Of a static environment: the epochs that can be cloned come back beside those that are known. */
  Outcome adoptEpochs(Turn turn) throws InterruptedException {
    List<Epoch> known = turn.state().epochs().map(Epochs::epochs).orElse(List.of());
    Optional<Epoch> retiring = turn.state().epochs().flatMap(Epochs::retiring);
    List<Epoch> found = turn.original().map(stores::epochs).orElse(List.of()).stream()
        .filter(epoch -> known.stream().noneMatch(other -> other.id().equals(epoch.id())))
        .filter(epoch -> retiring.filter(other -> other.id().equals(epoch.id())).isEmpty()).toList();
    if (found.isEmpty()) {
      return new Outcome.Rejected("all snapshots that are in the stores are known already");
    }
    Epochs all = new Epochs(Stream.concat(known.stream(), found.stream())
        .sorted(Comparator.comparing(Epoch::id)).toList(), retiring);
    return Outcome.done(Publication.of(List.of(snapshots.declared(turn), all)));
  }

  Outcome adopt(Turn turn) throws InterruptedException {
    Optional<Intent> before = turn.state().presence().map(Presence::intent);
    if (before.isPresent()) {
      // this request's own intent, before a crash or a failure; it is another incarnation than was asked for where that was not whole
      return before.get() instanceof Intent.Creating intent
          ? creation.goOn(turn, intent, Optional.empty())
          : new Outcome.Rejected("the environment is known already, in incarnation " + before.get().incarnation());
    }
    Optional<Commit> tip = tips.read(turn).tip();
    if (tip.isEmpty()) {
      return new Outcome.Rejected("the branch is gone; what the stores hold of it is left alone");
    }
    List<Holding> held = stores.list(turn.repository(), turn.origin().environment());
    return switch (Remains.of(held, stores, stores.epochs(turn.repository()))) {
      case Remains.Whole(var tag, var newest) -> {
        if (EpochsAtHand.known(turn).flatMap(known -> known.find(tag.epoch())).isEmpty()) {
          throw new Failure(Failure.Kind.BUSY, "The environment waits for its snapshot " + tag.epoch()
              + " to be adopted");
        }
        yield creation.takeUp(turn, tag, newest, tip);
      }
      case Remains.Backups backups -> remember(turn, backups, tip);
      case Remains.Broken(var _, var why) -> {
        LOG.atWarn().addKeyValue("environment", turn.origin().environment())
            .log("Not adopted, the next incarnation is made: {}", why);
        yield creation.create(turn, tip);
      }
      case Remains.None() -> new Outcome.Rejected("the stores hold nothing of it");
    };
  }

  /** It stays destroyed until the branch moves on. */
  private static Outcome remember(Turn turn, Remains.Backups kept, Optional<Commit> tip) {
    List<BackupReceipt> receipts = new ArrayList<>();
    for (Holding holding : kept.holdings()) {
      holding.store().snapshot(holding.found().owner()).ifPresent(receipts::add);
    }
    Intent intent = new Intent.Destroyed(kept.newest(), "adopted: only its backups were found");
    Backups backups = new Backups(receipts.stream().sorted(Comparator.comparing(BackupReceipt::at)).toList());
    return Outcome.done(Publication.of(List.of(
        new Presence(turn.origin(), intent, tip, Optional.empty(), turn.message().time()), backups)));
  }
}
