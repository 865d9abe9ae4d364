package dev.offshoot.provisioner.model;

import java.util.Optional;

import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.OwnerTag;

/**
 * What one store holds of one incarnation.
 *
 * @param half what was begun and not finished
 * @param standing what stands under its name
 * @param closed whether what stands is closed to its users
 * @param kept the backup
 * @param verified whether the backup was proved
 */
record Resource(Half half, Optional<Body> standing, boolean closed, Optional<Body> kept, boolean verified) {
  static final Resource NONE = new Resource(Half.NONE, Optional.empty(), false, Optional.empty(), false);

  /** Whether something was begun, and whether by a handler whose assignment had ended. */
  enum Half { NONE, BEGUN, BEGUN_LATE }

  /**
   * What can be lost.
   *
   * @param used whether people were told of it, so that their work is in it
   * @param late whether a handler finished it whose assignment had ended
   */
  record Body(OwnerTag tag, boolean used, boolean late) {}

  Resource begun(boolean late) {
    return new Resource(late ? Half.BEGUN_LATE : Half.BEGUN, standing, closed, kept, verified);
  }

  Resource finished(Body body) {
    return new Resource(Half.NONE, Optional.of(body), false, kept, verified);
  }

  Resource usedFromNowOn() {
    return new Resource(half, standing.map(body -> new Body(body.tag(), true, body.late())), closed, kept, verified);
  }

  /** As PostgreSQL does it: by a rename. */
  Resource movedAway() {
    return new Resource(half, Optional.empty(), false, standing, false);
  }

  /** As Redis does it: shut out first, copied then. */
  Resource shut() {
    return new Resource(half, standing, true, kept, verified);
  }

  Resource copied() {
    return new Resource(half, standing, closed, standing, true);
  }

  Resource proved() {
    return new Resource(half, standing, closed, kept, true);
  }

  Resource deleted() {
    return new Resource(Half.NONE, Optional.empty(), false, kept, verified);
  }

  boolean isNothing() {
    return equals(NONE);
  }

  /** Whether people's work is in it, or in its backup. */
  boolean holdsWork() {
    return standing.filter(Body::used).isPresent() || kept.filter(Body::used).isPresent();
  }

  /** Whether there is something that takes up room and is no backup, and that was not left behind by who came late. */
  boolean isLeft() {
    return half == Half.BEGUN || standing.filter(body -> !body.late()).isPresent();
  }

  boolean serves() {
    return standing.isPresent() && !closed;
  }

  Optional<Condition> condition() {
    if (standing.isPresent()) {
      return Optional.of(Condition.STANDING);
    }
    if (kept.isPresent()) {
      return Optional.of(Condition.KEPT);
    }
    return half == Half.NONE ? Optional.empty() : Optional.of(Condition.UNFINISHED);
  }
}
