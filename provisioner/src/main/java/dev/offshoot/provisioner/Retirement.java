package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.EnvironmentStores.Holding;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Publication;

/** Backs up and removes incarnations. The receipts are published before anything is removed. */
final class Retirement {
  private final EnvironmentStores stores;

  Retirement(EnvironmentStores stores) {
    this.stores = stores;
  }

  /**
   * What was found of the incarnations, and all receipts of the environment.
   *
   * @param holdings as they were before their removal
   */
  record Retired(List<Holding> holdings, Backups backups) {
    Retired {
      holdings = List.copyOf(holdings);
    }
  }

  /**
   * Removes what the stores hold of some incarnations; all of it, or where one store's backup does not hold, nothing.
   *
   * @param known those that are known to have stood: asked for by name
   */
  Retired retire(Turn turn, Collection<Incarnation> known, Predicate<Incarnation> which) throws InterruptedException {
    List<Holding> holdings = stores.listWith(turn.repository(), turn.origin().environment(), known).stream()
        .filter(holding -> which.test(holding.found().owner().incarnation()))
        .toList();
    Backups backups = backUp(turn, holdings);
    List<Planned> plan = holdings.stream().map(holding -> new Planned(holding, removal(turn, backups, holding))).toList();
    AllAtOnce.run(plan.stream().map(Planned::check).toList());
    FaultPoint.at("destroy.removal.before");
    AllAtOnce.run(plan.stream().map(Planned::removal).toList());
    FaultPoint.at("destroy.removal.after");
    return new Retired(holdings, backups);
  }

  private record Planned(Holding holding, Removal why) {
    /** All are looked at before the first goes: what one store keeps of an environment is worth little without the rest. */
    Callable<Boolean> check() {
      return () -> {
        holding.store().check(holding.found().owner(), why);
        return true;
      };
    }

    Callable<Boolean> removal() {
      return () -> {
        holding.store().delete(holding.found().owner(), why);
        return true;
      };
    }
  }

  private static Backups backUp(Turn turn, List<Holding> holdings) throws InterruptedException {
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

  /** Not what was begun only, not what never served, and not what was for a trial. */
  private static boolean needsBackup(Turn turn, Found found) {
    if (turn.origin().kind() == EnvironmentKind.REHEARSAL) {
      return false;
    }
    return switch (found.condition()) {
      case UNFINISHED -> false;
      case STANDING, KEPT -> !neverServed(turn.state(), found.owner().incarnation());
    };
  }

  /**
   * Whether an incarnation is known to have been nobody's: its stores never all stood, or it was only an attempt to make the next one. Of
   * those older than what the intent speaks of nothing is known, nor of those that were there when the state had been lost.
   */
  static boolean neverServed(EnvironmentState state, Incarnation incarnation) {
    boolean spokenOf = state.presence()
        .filter(p -> !incarnation.isOlderThan(p.intent().serving()))
        .filter(p -> p.unknown().filter(newest -> !newest.isOlderThan(incarnation)).isEmpty())
        .isPresent();
    Optional<Incarnation> served = state.stores().map(Stores::incarnation);
    return spokenOf && served.filter(known -> !known.isOlderThan(incarnation)).isEmpty();
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
}
