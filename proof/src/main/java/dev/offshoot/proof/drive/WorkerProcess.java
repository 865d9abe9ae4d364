package dev.offshoot.proof.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** A worker in a process of its own, which is started again whenever it dies, and is no longer armed then. */
public final class WorkerProcess implements AutoCloseable {
  private static final int HALTED = 137;
  private static final Duration FOR_START = Duration.ofSeconds(90);
  private static final Duration FOR_STOP = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final WorkerName worker;
  private final Places places;
  private final List<String> surprises = new ArrayList<>();
  private Path config;
  private Child child;
  private OptionalLong diedAt = OptionalLong.empty();
  private boolean armed;
  private boolean closed;

  /**
   * What the process reads and writes.
   *
   * @param logs a folder
   * @param faults a folder for what it is to die of and what it came past
   * @param cache whether a cache of classes is made: worth it for many starts
   */
  record Places(Path logs, Path faults, boolean cache) {}

  WorkerProcess(WorkerName worker, Path config, Places places) {
    this.worker = worker;
    this.config = config;
    this.places = places;
    this.child = spawn();
    Thread.ofPlatform().daemon().name("watch-" + worker.label()).start(this::watch);
  }

  private Child spawn() {
    List<String> words = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    String classPath = ClassPath.ofWorkers();
    if (places.cache() && ClassPath.isOfJars(classPath)) {
      // the first process writes, when it is stopped in order, what makes each later one start in half the time
      Path cache = places.faults().resolve(worker.label() + ".aot");
      words.add((Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
      words.add("-Xlog:aot=off");
    }
    words.addAll(List.of("-cp", classPath, "dev.offshoot.cli.OffshootMain",
        "run", worker.label(), "--config", config.toString(), "--logs", places.logs().toString()));
    return ProcessSpawner.ofThisJvm().start(new ChildCommand(words,
        places.logs().resolve(worker.label() + ".out"),
        Map.of("OFFSHOOT_FAULT_FILE", order().toString(), "OFFSHOOT_FAULT_MARKS", marks().toString(), "OFFSHOOT_SLOT", "proof"),
        Signal.KILL));
  }

  private Path order() {
    return places.faults().resolve(worker.label() + ".order");
  }

  private Path marks() {
    return places.faults().resolve(worker.label() + ".marks");
  }

  /** From now on it dies when it comes past this point for this time: {@code name#n}, counted from now. */
  public synchronized void arm(String fault) {
    armed = true;
    diedAt = OptionalLong.empty();
    write(fault);
  }

  public synchronized void disarm() {
    armed = false;
    write("");
  }

  private void write(String fault) {
    try {
      Path next = places.faults().resolve(worker.label() + ".next");
      Files.writeString(next, fault);
      Files.move(next, order(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The fault for " + worker.label() + " cannot be ordered", e);
    }
  }

  /** When, by {@link System#nanoTime}, it died of what it was last armed with. */
  public synchronized OptionalLong diedAt() {
    return diedAt;
  }

  /** Deaths that nobody ordered, since the last time this was asked. */
  public synchronized List<String> surprises() {
    List<String> all = List.copyOf(surprises);
    surprises.clear();
    return all;
  }

  /** All points it came past after the first so many, as {@code name#n}. */
  List<String> passed(int skipped) {
    try {
      return Files.exists(marks()) ? Files.readAllLines(marks()).stream().skip(skipped).toList() : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("What " + worker.label() + " came past cannot be read", e);
    }
  }

  private void watch() {
    while (true) {
      Child watched = current();
      if (!watched.awaitEnd(Duration.ofMinutes(1))) {
        continue;
      }
      synchronized (this) {
        if (closed) {
          return;
        }
        if (child.equals(watched)) {
          died(watched);
        }
      }
    }
  }

  private void died(Child dead) {
    if (armed && dead.exitStatus() == HALTED) {
      diedAt = OptionalLong.of(System.nanoTime());
      disarm();
    } else {
      surprises.add(worker.label() + " ended with status " + dead.exitStatus() + " by itself: " + dead.logTail());
    }
    child = spawn();
  }

  private synchronized Child current() {
    return child;
  }

  public long pid() {
    return current().pid();
  }

  /** Whether the process that runs now has said that it started. */
  public boolean started() {
    return current().logTail().contains(worker.label() + " started");
  }

  /** Returns when it has said that it started. */
  public void awaitStarted() {
    long deadline = System.nanoTime() + FOR_START.toNanos();
    while (!started()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(worker.label() + " did not start: " + current().logTail());
      }
      current().awaitEnd(LOOK);
    }
  }

  /** Stops it in order and starts it with this configuration. An armed one may die on the way. */
  public synchronized void restart(Path with) {
    config = with;
    child.stop(Signal.TERM, FOR_STOP);
    if (armed && child.exitStatus() == HALTED) {
      diedAt = OptionalLong.of(System.nanoTime());
      disarm();
    }
    child = spawn();
  }

  @Override
  public synchronized void close() {
    closed = true;
    child.stop(Signal.KILL, FOR_STOP);
  }
}
