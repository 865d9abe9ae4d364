package dev.offshoot.migrator.watch;

import java.util.List;
import java.util.Optional;

import dev.offshoot.evidence.LockMode;

/** What the second session saw of the migrating one at a moment. */
record Sample(List<SeenLock> locks, Optional<SeenWait> waiting) {

  /** @param granted false while it is waited for */
  record SeenLock(long relation, LockMode mode, boolean granted) {}

  record SeenWait(String event, String behind) {}
}
