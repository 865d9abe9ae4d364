package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.EnvironmentStores.Holding;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * Backs up and removes every incarnation up to the one meant. The receipts are published before anything is removed.
 */
final class Destruction {
  private final EnvironmentStores stores;
  private final Clock clock;

  Destruction(EnvironmentStores stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * Takes the intent, then carries on with it.
   *
   * @param tip where the ref is now; empty when it is gone
   */
  Outcome destroy(Turn turn, String reason, Optional<Commit> tip) throws InterruptedException {
    Presence present = turn.presence();
    Intent.Destroying intent = new Intent.Destroying(present.intent().incarnation(), reason);
    turn.context().commit(Publication.of(present.with(intent, clock.instant()).withTip(tip)));
    return Outcome.done(goOn(turn, intent));
  }

  /** Brings a committed intent about. */
  Publication goOn(Turn turn, Intent.Destroying intent) throws InterruptedException {
    List<Holding> holdings = stores.listWith(turn.owner(intent.incarnation())).stream()
        .filter(holding -> !intent.incarnation().isOlderThan(holding.found().owner().incarnation()))
        .toList();
    Backups backups = backUp(turn, holdings);
    List<Callable<Boolean>> removals = new ArrayList<>();
    for (Holding holding : holdings) {
      Removal removal = removal(turn, backups, holding);
      removals.add(() -> {
        holding.store().delete(holding.found().owner(), removal);
        return true;
      });
    }
    FaultPoint.at("destroy.removal.before");
    AllAtOnce.run(removals);
    FaultPoint.at("destroy.removal.after");
    Presence present = turn.presence();
    Presence gone = present.with(new Intent.Destroyed(intent.incarnation(), intent.reason()), clock.instant());
    List<BackupReceipt> ours = backups.receipts().stream()
        .filter(receipt -> receipt.incarnation().equals(intent.incarnation()) || isIn(holdings, receipt)).toList();
    EnvironmentDeleted deleted = new EnvironmentDeleted(turn.subject(intent.incarnation(), present.tip()),
        intent.reason(), ours);
    return Publication.of(List.of(gone, backups), deleted);
  }

  private Backups backUp(Turn turn, List<Holding> holdings) throws InterruptedException {
    Backups before = turn.state().backups().orElse(new Backups(List.of()));
    List<Callable<BackupReceipt>> tasks = new ArrayList<>();
    for (Holding holding : holdings) {
      if (needsBackup(turn, holding.found()) && receipt(before, holding).isEmpty()) {
        tasks.add(() -> holding.store().snapshot(holding.found().owner()).orElseThrow(() -> unkept(holding)));
      }
    }
    FaultPoint.at("destroy.backup.before");
    List<BackupReceipt> made = AllAtOnce.run(tasks);
    FaultPoint.at("destroy.backup.after");
    Backups after = new Backups(Stream.concat(before.receipts().stream(), made.stream())
        .sorted(Comparator.comparing(BackupReceipt::at)).toList());
    if (!made.isEmpty()) {
      turn.context().commit(Publication.of(after));
    }
    return after;
  }

  /**
   * Not what was begun only, and not an incarnation whose stores never all stood. Of older ones nothing is known: they
   * are kept.
   */
  private static boolean needsBackup(Turn turn, Found found) {
    Incarnation incarnation = found.owner().incarnation();
    boolean current = turn.presence().intent().incarnation().equals(incarnation);
    boolean stood = turn.state().stores().filter(known -> known.incarnation().equals(incarnation)).isPresent();
    return switch (found.condition()) {
      case UNFINISHED -> false;
      case STANDING, KEPT -> stood || !current;
    };
  }

  /** What was only begun is nobody's work, whatever was kept under its name before. */
  private static Removal removal(Turn turn, Backups backups, Holding holding) {
    if (holding.found().condition() == Found.Condition.UNFINISHED) {
      return new Removal.NeverUsable();
    }
    Optional<Removal> kept = receipt(backups, holding).map(Removal.Kept::new);
    if (kept.isEmpty() && needsBackup(turn, holding.found())) {
      throw unkept(holding);
    }
    return kept.orElseGet(Removal.NeverUsable::new);
  }

  private static Failure unkept(Holding holding) {
    return new Failure(Failure.Kind.INVALID, "The " + holding.store().kind() + " store has something of "
        + holding.found().owner() + " but keeps no backup of it: nothing is removed. Look what it has, then destroy "
        + "the environment again");
  }

  private static Optional<BackupReceipt> receipt(Backups backups, Holding holding) {
    StoreKind kind = holding.store().kind();
    return backups.receipts().stream()
        .filter(r -> r.kind() == kind && r.incarnation().equals(holding.found().owner().incarnation())).findFirst();
  }

  private static boolean isIn(List<Holding> holdings, BackupReceipt receipt) {
    return holdings.stream().anyMatch(h -> h.store().kind() == receipt.kind()
        && h.found().condition() == Found.Condition.STANDING
        && h.found().owner().incarnation().equals(receipt.incarnation()));
  }
}
