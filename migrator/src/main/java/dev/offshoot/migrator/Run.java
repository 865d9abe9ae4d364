package dev.offshoot.migrator;

import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Subject;
import dev.offshoot.worker.Context;

/**
 * One message's work.
 *
 * @param before what was done to this incarnation last; empty when it is fresh
 * @param rebuild why the incarnation is made; of one that is to serve next, beside or in place of another
 * @param reached what was done last, where that brought this database, or the one that it was restored from, to this very commit
 */
record Run(Subject subject, Commit commit, Stores stores, Optional<Schema> before, Optional<Intent.Resetting> rebuild, Optional<Schema> reached) {

  /** Empty when the incarnation does not stand any more, or there is no commit. */
  static Optional<Run> of(LifecycleEvent event, Context context) {
    EnvironmentState known = context.environment();
    Subject subject = event.subject();
    return subject.commit().flatMap(commit -> standing(known, subject.incarnation()).map(stores -> new Run(
        subject, commit, stores, known.schemaOf(subject.incarnation()), resetting(known), reached(event, commit, known))));
  }

  private static Optional<Schema> reached(LifecycleEvent event, Commit commit, EnvironmentState known) {
    Optional<Incarnation> restoredFrom = event instanceof LifecycleEvent.StoresReady ready ? ready.restoredFrom() : Optional.empty();
    return known.schema().filter(schema -> schema.commit().equals(commit) && schema.failure().isEmpty())
        .filter(schema -> schema.incarnation().equals(event.subject().incarnation())
            || restoredFrom.filter(schema.incarnation()::equals).isPresent());
  }

  private static Optional<Intent.Resetting> resetting(EnvironmentState known) {
    return known.presence().map(Presence::intent)
        .flatMap(intent -> intent instanceof Intent.Resetting resetting ? Optional.of(resetting) : Optional.empty());
  }

  boolean wasUsable() {
    return before.filter(Schema::usable).isPresent();
  }

  /** Whether the provisioner waits for its end, to let the incarnation serve. */
  boolean isNext() {
    return rebuild.isPresent();
  }

  /** The stores of the incarnation, while it is the one that commits go to: the newest, also beside one that serves. */
  private static Optional<Stores> standing(EnvironmentState environment, Incarnation incarnation) {
    return environment.presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Standing || intent instanceof Intent.Resetting)
        .filter(intent -> intent.incarnation().equals(incarnation))
        .flatMap(_ -> environment.storesOf(incarnation));
  }

  /** What fails after the environment was given up is no failure. */
  static boolean hasLeft(Context context, Incarnation incarnation) {
    EnvironmentState known = context.environment();
    return standing(known, incarnation).isEmpty() || standing(context.state().of(known.id()), incarnation).isEmpty();
  }
}
