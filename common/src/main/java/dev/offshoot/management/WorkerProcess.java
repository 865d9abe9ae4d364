package dev.offshoot.management;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.WorkersConfig;

/**
 * The workers of this process and what the process says of them. A worker that is no longer live ends {@link #awaitFault}: whoever runs
 * the process decides whether to start it again or to end.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  /** In the order they were started; one that is just starting has no value yet. */
  private final SequencedMap<String, Optional<RunningWorker>> workers = new LinkedHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private @Nullable ManagementServer server;

  /** A worker that must be started again, and why. */
  public record Fault(String worker, String reason) {}

  private WorkerProcess() {}

  /** A process without a worker yet, answering at the configured port if there is one. */
  public static WorkerProcess open(WorkersConfig.Management config) {
    WorkerProcess process = new WorkerProcess();
    config.port().ifPresent(port -> {
      process.server = ManagementServer.start(config.host(), port, process::health, process.metrics);
      LOG.info("/metrics and /health are on http://{}:{}", config.host(), process.server.port());
    });
    return process;
  }

  /** For a main method: runs one worker until the process is told to end; ends it with status 1 when the worker cannot go on. */
  public static void run(String name, WorkersConfig.Management config, Callable<? extends RunningWorker> start) throws Exception {
    WorkerProcess process = open(config);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(process::close));
    try {
      process.start(name, start);
    } catch (Exception e) {
      process.close();
      throw e;
    }
    process.awaitFault().ifPresent(_ -> System.exit(1));
  }

  /** Starts a worker, or starts it again: then the one of the same name is closed first. */
  public void start(String name, Callable<? extends RunningWorker> start) throws Exception {
    Optional<RunningWorker> former;
    synchronized (workers) {
      former = workers.getOrDefault(name, Optional.empty());
      workers.put(name, Optional.empty());
    }
    former.ifPresent(worker -> close(name, worker));
    RunningWorker started = start.call();
    synchronized (workers) {
      if (closing.getCount() > 0) {
        workers.put(name, Optional.of(started));
        return;
      }
    }
    close(name, started);
  }

  private Map<String, Health> health() {
    Map<String, Health> health = new LinkedHashMap<>();
    synchronized (workers) {
      workers.forEach((name, worker) -> health.put(name, worker.map(RunningWorker::health).orElse(new Starting())));
    }
    return health;
  }

  /** Waits until a worker is not live any more; empty when the process was closed meanwhile. */
  public Optional<Fault> awaitFault() throws InterruptedException {
    while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      for (Map.Entry<String, Health> worker : health().entrySet()) {
        Health.Condition live = worker.getValue().live();
        if (!live.isGood()) {
          LOG.error("{} cannot go on: {}", worker.getKey(), live.says());
          return Optional.of(new Fault(worker.getKey(), live.says()));
        }
      }
    }
    return Optional.empty();
  }

  /** Where it answers; empty when that was not configured. */
  public Optional<Integer> port() {
    return Optional.ofNullable(server).map(ManagementServer::port);
  }

  /** Closes the workers, the newest first; what is not ready is said until the last is closed. */
  @Override
  public void close() {
    SequencedMap<String, Optional<RunningWorker>> open;
    synchronized (workers) {
      closing.countDown();
      open = new LinkedHashMap<>(workers).reversed();
    }
    open.forEach((name, worker) -> worker.ifPresent(running -> close(name, running)));
    if (server != null) {
      server.close();
    }
    metrics.close();
  }

  private static void close(String name, RunningWorker worker) {
    try {
      worker.close();
    } catch (Exception e) {
      LOG.warn("{} did not stop in order", name, e);
    }
  }

  private record Starting() implements Health {
    @Override
    public Condition live() {
      return new Condition.Good("starting");
    }

    @Override
    public Condition ready() {
      return new Condition.Bad("starting");
    }
  }
}
