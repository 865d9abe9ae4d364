package dev.offshoot.worker.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.worker.Publication;

/** Brings an incarnation to the commit that the provisioner accepted, as the migrator does. */
final class SimulatedMigrator implements SimulatedHandler {
  private final Subject subject;
  private final Message message;
  private final Surroundings surroundings;
  private boolean migrated;

  SimulatedMigrator(Message message, Surroundings surroundings) {
    this.message = message;
    this.subject = ((LifecycleEvent) message.event()).subject();
    this.surroundings = surroundings;
  }

  @Override
  public Next step() {
    Commit commit = subject.commit().orElseThrow();
    if (!migrated) {
      if (surroundings.superseded()) {
        return Next.rejected("A newer one waits, or the incarnation is gone");
      }
      if (surroundings.unavailable()
          || !surroundings.world().migrate(message.environment(), subject.incarnation().number(), commit)) {
        return new Next.Again("The database does not answer");
      }
      migrated = true;
      return new Next.Going();
    }
    boolean first = surroundings.environment().schema().filter(s -> s.incarnation().equals(subject.incarnation())).isEmpty();
    LifecycleEvent event = first
        ? new LifecycleEvent.EnvironmentCreated(subject, "1", List.of())
        : new LifecycleEvent.EnvironmentModified(subject, "1", List.of());
    return Next.end(Publication.of(
        new Schema(subject.incarnation(), commit, "1", List.of(), true, Optional.empty(), Instant.EPOCH), event));
  }
}
