package dev.offshoot.migrator.child;

import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.flyway.Witness;
import dev.offshoot.migrator.watch.Watched;
import dev.offshoot.worker.Failure;

/** What the child tells the parent. Texts that a branch had a say in are escaped and cut already. */
public sealed interface Said {

  /** It stands ready for its order. */
  record Ready() implements Said {}

  /** A session that is about to be used, by the number of its server process. */
  record Opened(int backend) implements Said {}

  /** The run begins. */
  record Began(String base) implements Said {}

  /** A migration is about to run, in its transaction; the child waits. */
  record Before(Witness.Script script) implements Said {}

  /** It has run, and is about to be committed; the child waits. */
  record After(Witness.Script script) implements Said {}

  /** A statement is about to run. */
  record Runs(String script, int line) implements Said {}

  /** What is known of the run so far. */
  record Kept(Watched soFar) implements Said {}

  /** The run's end; nothing follows until the next order. */
  record Ended(MigrationResult result) implements Said {}

  /** The server's trouble, or the configuration's; likewise. */
  record Troubled(Failure.Kind kind, String message) implements Said {}
}
