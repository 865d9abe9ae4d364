package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.provisioner.Retirement.Retired;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Retires every incarnation up to the one meant. */
final class Destruction {
  private final Retirement retirement;
  private final Clock clock;

  Destruction(Retirement retirement, Clock clock) {
    this.retirement = retirement;
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
    Retired retired = retirement.retire(turn, known(turn, intent),
        incarnation -> !intent.incarnation().isOlderThan(incarnation));
    Presence present = turn.presence();
    Presence gone = present.with(new Intent.Destroyed(intent.incarnation(), intent.reason()), clock.instant());
    List<BackupReceipt> ours = retired.backups().receipts().stream()
        .filter(receipt -> receipt.incarnation().equals(intent.incarnation()) || !receipt.at().isBefore(present.since())
            || isIn(retired, receipt))
        .toList();
    EnvironmentDeleted deleted = new EnvironmentDeleted(turn.subject(intent.incarnation(), present.tip()),
        intent.reason(), ours);
    return new Publication(List.of(gone, retired.backups()), List.of(deleted), Rehearsals.goneWith(turn, intent.reason()));
  }

  /** Also what served while the newest was only being made. */
  private static List<Incarnation> known(Turn turn, Intent.Destroying intent) {
    return Stream.concat(Stream.of(intent.incarnation()), turn.state().stores().map(Stores::incarnation).stream())
        .distinct().toList();
  }

  private static boolean isIn(Retired retired, BackupReceipt receipt) {
    return retired.holdings().stream().anyMatch(h -> h.store().kind() == receipt.kind()
        && h.found().condition() == Found.Condition.STANDING
        && h.found().owner().incarnation().equals(receipt.incarnation()));
  }
}
