package dev.offshoot.sweeper;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Request;

/**
 * Which environments have backups whose retention is over. Pure.
 *
 * <p>Laws: none is due before its retention has passed since it was proved; one that is being dropped is due until it is gone; and none of
 * an environment that is being destroyed, which may still need it.
 *
 * @param retention zero for ever
 */
public record BackupPolicy(Duration retention) {

  /** The ask for an environment of which a backup is due at this moment. */
  public Optional<Request.BackupsExpired> decide(EnvironmentState state, Instant now) {
    Optional<Presence> branch = state.presence()
        .filter(presence -> presence.origin().kind() == EnvironmentKind.FULL && !(presence.intent() instanceof Intent.Destroying));
    if (branch.isEmpty()) {
      return Optional.empty();
    }
    return state.backups().stream().flatMap(backups -> backups.receipts().stream())
        .flatMap(receipt -> due(receipt).stream())
        .min(Comparator.naturalOrder())
        .filter(due -> !due.isAfter(now))
        .map(due -> new Request.BackupsExpired(branch.get().origin(), due));
  }

  private Optional<Instant> due(BackupReceipt receipt) {
    if (receipt.dropped().isPresent()) {
      return receipt.dropped().filter(dropped -> dropped.gone().isEmpty()).map(Keeping.Dropped::decided);
    }
    return retention.isZero() ? Optional.empty() : Optional.of(receipt.at().plus(retention));
  }
}
