package dev.offshoot.provisioner.postgres.pool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.ServerRemains;
import dev.offshoot.provisioner.postgres.server.ServerRemains.Folder;
import dev.offshoot.worker.Failure;

/** Looks from time to time what crashes have left on the server, and says so once. */
final class Janitor {
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Clock clock;
  private final AtomicInteger orphans = new AtomicInteger();
  private List<Folder> told = List.of();
  private Instant next = Instant.MIN;

  Janitor(Clock clock) {
    this.clock = clock;
  }

  void look(AdminSession session) {
    if (clock.instant().isBefore(next)) {
      return;
    }
    next = clock.instant().plus(EVERY);
    try {
      tell(ServerRemains.look(session, ServerRemains.OLD));
    } catch (Failure failure) {
      if (failure.kind().isTransient()) {
        throw failure;
      }
      LOG.debug("The server does not tell what crashes have left on it", failure);
    }
  }

  private void tell(ServerRemains.Remains remains) {
    if (remains.copying()) {
      return;
    }
    if (!remains.folders().isEmpty() && !remains.folders().equals(told)) {
      LOG.warn("No database owns these folders below the data folder of the PostgreSQL server: {}. They are left of a crash "
          + "in the middle of a copy; docs/operations.md says how to remove them", remains.folders());
    }
    told = remains.folders();
    orphans.set(told.size());
  }

  /** How many folders no database owns, as far as is known. */
  AtomicInteger orphans() {
    return orphans;
  }
}
