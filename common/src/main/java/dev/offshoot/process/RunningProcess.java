package dev.offshoot.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process, told apart from a later one of the same number by when it started.
 *
 * @param started as the kernel tells it; two readings of one process differ by less than {@link #SLACK}
 */
public record RunningProcess(long pid, Instant started) {
  /** The kernel counts from a boot time that moves with the clock. */
  static final Duration SLACK = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration FOR_KILL = Duration.ofSeconds(10);

  /** Of one that has ended already, an identity that nothing has. */
  public static RunningProcess of(ProcessHandle process) {
    return new RunningProcess(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  public static RunningProcess current() {
    return of(ProcessHandle.current());
  }

  /** The process itself, unless it has ended or its number is another's now. */
  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(process -> process.info().startInstant()
            .filter(start -> Duration.between(start, started).abs().compareTo(SLACK) < 0).isPresent())
        .filter(_ -> !hasEnded());
  }

  /** One that nobody has asked the exit status of stays in the process table. */
  private boolean hasEnded() {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return line.startsWith("Z", line.lastIndexOf(')') + 2);
    } catch (IOException noSuchFile) {
      return false;
    }
  }

  public boolean isAlive() {
    return handle().isPresent();
  }

  /** Whether both name the same process. */
  public boolean is(RunningProcess other) {
    return pid == other.pid && Duration.between(started, other.started).abs().compareTo(SLACK) < 0;
  }

  /** Whether it ended within the time; an interrupt counts as no and is kept. */
  public boolean awaitEnd(Duration atMost) {
    long began = System.nanoTime();
    while (isAlive()) {
      if (System.nanoTime() - began > atMost.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return true;
  }

  /** Asks it to end; what has not ended within the grace is killed. Returns when it is gone. */
  public void stop(Signal signal, Duration grace) {
    handle().ifPresent(process -> Signals.send(process, signal));
    if (!awaitEnd(grace)) {
      handle().ifPresent(ProcessHandle::destroyForcibly);
      awaitEnd(FOR_KILL);
    }
  }
}
