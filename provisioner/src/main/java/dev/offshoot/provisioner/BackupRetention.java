package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Keeping;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * Drops what was kept, once its retention is over.
 *
 * <p>Law: that a backup is dropped is published before anything of it is removed, so no receipt without that mark names what is gone.
 */
final class BackupRetention {
  private final EnvironmentStores stores;
  private final Duration retention;
  private final Clock clock;

  /** @param retention zero for ever */
  BackupRetention(EnvironmentStores stores, Duration retention, Clock clock) {
    this.stores = stores;
    this.retention = retention;
    this.clock = clock;
  }

  Outcome drop(Turn turn) throws InterruptedException {
    Backups before = turn.state().backups().orElse(new Backups(List.of()));
    Instant now = clock.instant();
    Backups decided = each(before, receipt -> isOver(turn, receipt, now)
        ? receipt.with(new Keeping.Dropped(now, Optional.empty())) : receipt);
    List<BackupReceipt> going = decided.receipts().stream().filter(BackupRetention::isGoing).toList();
    if (going.isEmpty()) {
      return new Outcome.Rejected("no backup's retention is over");
    }
    if (!decided.equals(before)) {
      turn.context().commit(Publication.of(decided));
    }
    List<Callable<Boolean>> removals = new ArrayList<>();
    for (BackupReceipt receipt : going) {
      removals.add(() -> stores.drop(turn.owner(receipt.incarnation()), receipt));
    }
    FaultPoint.at("backups.drop.before");
    AllAtOnce.run(removals);
    FaultPoint.at("backups.drop.after");
    return Outcome.done(Publication.of(each(decided, receipt -> isGoing(receipt)
        ? receipt.with(new Keeping.Dropped(receipt.dropped().orElseThrow().decided(), Optional.of(clock.instant()))) : receipt)));
  }

  private static Backups each(Backups backups, UnaryOperator<BackupReceipt> change) {
    return new Backups(backups.receipts().stream().map(change).toList());
  }

  private static boolean isGoing(BackupReceipt receipt) {
    return receipt.dropped().filter(dropped -> dropped.gone().isEmpty()).isPresent();
  }

  /** Not what an intent that is under way still needs: to remove what it was made of, or to be made of it. */
  private boolean isOver(Turn turn, BackupReceipt receipt, Instant now) {
    if (retention.isZero() || receipt.dropped().isPresent() || receipt.at().plus(retention).isAfter(now)) {
      return false;
    }
    return switch (turn.presence().intent()) {
      case Intent.Destroying _ -> false;
      case Intent.Creating creating -> creating.restoredFrom().filter(receipt.incarnation()::equals).isEmpty();
      case Intent.Standing standing -> standing.retiring().filter(receipt.incarnation()::equals).isEmpty();
      case Intent.Resetting _, Intent.Destroyed _, Intent.Declared _ -> true;
    };
  }
}
