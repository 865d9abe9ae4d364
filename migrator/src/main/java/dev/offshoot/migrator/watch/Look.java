package dev.offshoot.migrator.watch;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.evidence.LockMode;

/**
 * What the migrating session held and had done at a moment.
 *
 * @param walPosition of the whole server, in bytes from its beginning
 * @param held relations by their number
 */
record Look(long walPosition, Map<Long, Held> held) {
  Look {
    held = Map.copyOf(held);
  }

  /** At the start of a transaction. */
  static Look clean(long walPosition) {
    return new Look(walPosition, Map.of());
  }

  Held of(long number) {
    return held.getOrDefault(number, Held.NOTHING);
  }

  /**
   * A relation with what the session did to it in its transaction.
   *
   * @param now empty when it was dropped
   */
  record Held(Optional<Known> now, Set<LockMode> modes, Counts counts) {
    static final Held NOTHING = new Held(Optional.empty(), EnumSet.noneOf(LockMode.class), new Counts(0, 0, 0));
  }

  /** Rows of a relation that were changed since the transaction began. */
  record Counts(long inserted, long updated, long deleted) {
    Counts since(Counts before) {
      return new Counts(Math.max(0, inserted - before.inserted), Math.max(0, updated - before.updated),
          Math.max(0, deleted - before.deleted));
    }

    boolean any() {
      return inserted + updated + deleted > 0;
    }
  }
}
