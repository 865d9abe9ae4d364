package dev.offshoot.cli.system;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.WorkersConfig;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.Deaths;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** A worker in a process of its own, started again when it dies, gone with this process. One that dies too often is a fault. */
final class ChildWorker implements AutoCloseable {
  /** What {@code run} prints once its worker started. */
  private static final String STARTED = " started";
  private static final Logger LOG = LoggerFactory.getLogger(ChildWorker.class);
  private static final Duration FOR_START = Duration.ofSeconds(90);
  private static final Duration FOR_STOP = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration BEFORE_RESTART = Duration.ofSeconds(1);

  private final WorkerName worker;
  private final DataFolder data;
  private final int managementPort;
  private final CompletableFuture<String> fault;
  private final Deaths deaths = new Deaths();
  private Child child;
  private boolean closed;

  /** @param fault is completed when it could not be kept running */
  ChildWorker(WorkerName worker, DataFolder data, int managementPort, CompletableFuture<String> fault) {
    this.worker = worker;
    this.data = data;
    this.managementPort = managementPort;
    this.fault = fault;
    this.child = spawn();
  }

  private Child spawn() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> words = new ArrayList<>(List.of(
        java.toString(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx256m", "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError"));
    words.addAll(compiler());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.offshoot.cli.OffshootMain",
        "run", worker.label(), "--config", data.effectiveConfig().toString(), "--logs", data.logs().toString(),
        "--log-format", Logs.format()));
    return ProcessSpawner.ofThisJvm().start(new ChildCommand(words,
        data.logs().resolve(worker.label() + ".out"),
        Map.of("OFFSHOOT_MANAGEMENT_PORT", Integer.toString(managementPort)), Signal.TERM));
  }

  /** Whoever started this process knows whether it is worth optimising: {@code demo} runs for a minute. */
  private static List<String> compiler() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> word.startsWith("-XX:TieredStopAtLevel=")).toList();
  }

  WorkerName worker() {
    return worker;
  }

  /** Below which its {@code /metrics} and {@code /health} are. */
  String url(WorkersConfig.Management management) {
    return "http://" + management.host() + ":" + managementPort;
  }

  /** Waits until it started, then watches over it. */
  void awaitStarted() {
    long deadline = System.nanoTime() + FOR_START.toNanos();
    while (!child.logTail().contains(worker.label() + STARTED)) {
      if (child.awaitEnd(LOOK) || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            worker.label() + " did not start; " + data.logs().resolve(worker.label() + ".out")
            + " says why: " + child.logTail().strip());
      }
    }
    Thread.ofPlatform().daemon().name("watch-" + worker.label()).start(this::watch);
  }

  private void watch() {
    while (true) {
      Child watched = current();
      while (!watched.awaitEnd(Duration.ofHours(1))) {
        LOG.debug("{} runs as process {}", worker.label(), watched.pid());
      }
      if (!restarted(watched)) {
        return;
      }
    }
  }

  private synchronized Child current() {
    return child;
  }

  private boolean restarted(Child dead) {
    // The pause: what cannot start at all must not use up the machine.
    LockSupport.parkNanos(BEFORE_RESTART.toNanos());
    synchronized (this) {
      if (closed) {
        return false;
      }
      if (deaths.isOneTooMany()) {
        fault.complete(worker.label() + " could not be kept running: it ended " + Deaths.howMany() + ", the last time with status "
            + dead.exitStatus() + "; " + data.logs() + " says why");
        return false;
      }
      LOG.error("{} ended with status {} and is started again; {} says why", worker.label(), dead.exitStatus(), data.logs());
      try {
        child = spawn();
        return true;
      } catch (RuntimeException e) {
        LOG.error("{} could not be started again", worker.label(), e);
        fault.complete(worker.label() + " could not be started again: " + e.getMessage());
        return false;
      }
    }
  }

  @Override
  public void close() {
    Child last;
    synchronized (this) {
      closed = true;
      last = child;
    }
    last.stop(Signal.TERM, FOR_STOP);
  }
}
