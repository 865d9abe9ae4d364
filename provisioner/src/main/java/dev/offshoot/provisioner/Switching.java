package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent.EnvironmentModified;
import dev.offshoot.event.Replacement;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Lets the next incarnation serve, then retires the one that did. */
final class Switching {
  private static final Logger LOG = LoggerFactory.getLogger(Switching.class);

  private final Retirement retirement;
  private final Clock clock;

  Switching(Retirement retirement, Clock clock) {
    this.retirement = retirement;
    this.clock = clock;
  }

  /** People have the new stores before the old ones are closed. */
  Outcome switchOver(Turn turn, Intent.Resetting intent) throws InterruptedException {
    Stores next = turn.state().storesOf(intent.incarnation()).orElseThrow();
    Intent.Standing standing =
        new Intent.Standing(intent.incarnation(), intent.epoch(), Optional.of(intent.serving()));
    turn.context().commit(Publication.of(List.of(turn.presence().with(standing, clock.instant()), next)));
    return retire(turn, standing, intent.serving());
  }

  /** Carries on with what a switch left to do; also removes what attempts before it have left. */
  Outcome retire(Turn turn, Intent.Standing standing, Incarnation replaced) throws InterruptedException {
    Backups backups = retirement.retire(turn, List.of(replaced),
        incarnation -> incarnation.isOlderThan(standing.incarnation())).backups();
    List<BackupReceipt> kept =
        backups.receipts().stream().filter(receipt -> receipt.incarnation().equals(replaced)).toList();
    List<StoreKind> lost = lost(turn, kept);
    if (!lost.isEmpty()) {
      LOG.atWarn().addKeyValue("environment", turn.origin().environment())
          .log("Nothing was left of {} of incarnation {} to be backed up", lost, replaced);
    }
    Presence present = turn.presence();
    Presence now = present.with(new Intent.Standing(standing.incarnation(), standing.epoch()), present.since());
    Optional<Schema> schema = turn.state().schemaOf(standing.incarnation());
    Optional<Commit> commit = schema.map(Schema::commit).or(present::tip);
    EnvironmentModified modified = new EnvironmentModified(turn.subject(standing.incarnation(), commit),
        schema.map(Schema::version).orElse(""), schema.map(Schema::applied).orElse(List.of()),
        Optional.of(new Replacement(replaced, kept, lost)));
    return Outcome.done(Publication.of(List.of(now, backups), modified));
  }

  /** What is proved to be kept is not lost; every incarnation of an environment has the same kinds of stores. */
  private static List<StoreKind> lost(Turn turn, List<BackupReceipt> kept) {
    return turn.state().currentStores().stream().flatMap(stores -> stores.coordinates().stream())
        .map(StoreCoordinates::kind)
        .filter(kind -> kept.stream().noneMatch(receipt -> receipt.kind() == kind))
        .toList();
  }
}
