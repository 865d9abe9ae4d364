package dev.offshoot.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running or ended child. */
public final class Child {
  private final Process process;
  private final Path log;
  private final long logStart;

  Child(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  public long pid() {
    return process.pid();
  }

  /** For whoever outlives this object. */
  public RunningProcess identity() {
    return RunningProcess.of(process.toHandle());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ended within the time; an interrupt counts as no and is kept. */
  public boolean awaitEnd(Duration atMost) {
    try {
      return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Completes when it has ended, with its exit status as of {@link #exitStatus}. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Completes with its exit status when it ends while it is wanted; never when it ends because it is not any more. */
  public CompletableFuture<Integer> endedWhile(BooleanSupplier wanted) {
    CompletableFuture<Integer> died = new CompletableFuture<>();
    // on a thread of its own: who ends it may hold what it takes to say whether it is wanted
    var _ = ended().thenAcceptAsync(status -> {
      if (wanted.getAsBoolean()) {
        died.complete(status);
      }
    }, task -> Thread.ofVirtual().start(task));
    return died;
  }

  /** The exit status; 128 + n when signal n ended it. The child must have ended. */
  public int exitStatus() {
    return process.exitValue();
  }

  public void signal(Signal signal) {
    Signals.send(process.toHandle(), signal);
  }

  /** Asks it to end; what has not ended within the grace is killed. Returns when it is gone. */
  public void stop(Signal signal, Duration grace) {
    signal(signal);
    if (!awaitEnd(grace)) {
      process.destroyForcibly();
      awaitEnd(Duration.ofSeconds(10));
    }
  }

  /** The last of what this child (not an earlier one with the same log) has written. */
  public String logTail() {
    return new LogTail(log, logStart).read();
  }
}
