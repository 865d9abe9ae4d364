package dev.offshoot.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.process.Signal;
import dev.offshoot.process.Signals;

/**
 * The server of an earlier run whose starter was killed: already shutting down, which takes as long as its checkpoint.
 */
final class PostgresOrphan {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresOrphan.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private PostgresOrphan() {
  }

  /** Returns when there is none. The caller holds a lock that says no living process owns the server. */
  static void end(PostgresFiles files) throws IOException {
    var pid = files.lockHolder();
    if (pid.isEmpty()) {
      return;
    }
    var orphan = ProcessHandle.of(pid.getAsLong()).filter(process -> serves(process, files));
    if (orphan.isEmpty()) {
      return;
    }
    LOG.info("Waiting for the PostgreSQL of an earlier run (process {}) to end", pid.getAsLong());
    if (ends(orphan.get(), files)) {
      return;
    }
    Signals.send(orphan.get(), Signal.INT);
    if (!ends(orphan.get(), files)) {
      throw new ServerStartException("The PostgreSQL of an earlier run (process " + pid.getAsLong() + ") still uses "
          + files.data() + " and does not end. End it with: kill -QUIT " + pid.getAsLong());
    }
  }

  /** The number may have gone to another process since. */
  private static boolean serves(ProcessHandle process, PostgresFiles files) {
    return process.info().arguments()
        .map(arguments -> List.of(arguments).contains(files.data().toString()))
        .orElse(false);
  }

  /** Not {@code onExit()}: where nobody reaps orphans an ended one stays in the process table, but serves no more. */
  private static boolean ends(ProcessHandle process, PostgresFiles files) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (serves(process, files)) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return true;
  }
}
