package dev.offshoot.cli.system;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.WorkerProcess;
import dev.offshoot.process.Deaths;

/**
 * The five workers in this process. One that cannot go on is closed and started again; too often, or a start that fails, is a fault.
 */
final class WorkersHere implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkersHere.class);

  private final OffshootConfig config;
  private final WorkerProcess process;
  private final CompletableFuture<String> fault;
  private final Deaths deaths = new Deaths();

  private WorkersHere(OffshootConfig config, WorkerProcess process, CompletableFuture<String> fault) {
    this.config = config;
    this.process = process;
    this.fault = fault;
  }

  /** @param fault is completed when a worker could not be kept running */
  static WorkersHere start(OffshootConfig config, CompletableFuture<String> fault) throws Exception {
    WorkersHere here = new WorkersHere(config, WorkerProcess.open(config.workers().management()), fault);
    try {
      for (WorkerName worker : WorkerName.values()) {
        here.start(worker);
      }
    } catch (Exception e) {
      here.close();
      throw e;
    }
    Thread.ofPlatform().daemon().name("watch-workers").start(here::watch);
    return here;
  }

  private void start(WorkerName worker) throws Exception {
    process.start(worker.label(), () -> worker.start(config));
  }

  private void watch() {
    try {
      Optional<WorkerProcess.Fault> found = process.awaitFault();
      while (found.isPresent() && restarted(found.get())) {
        found = process.awaitFault();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean restarted(WorkerProcess.Fault found) {
    if (deaths.isOneTooMany()) {
      fault.complete(found.worker() + " could not be kept running: it ended " + Deaths.howMany() + ", the last time because "
          + found.reason());
      return false;
    }
    try {
      start(WorkerName.labelled(found.worker()).orElseThrow());
      LOG.warn("{} was started again", found.worker());
      return true;
    } catch (Exception e) {
      LOG.error("{} could not be started again", found.worker(), e);
      fault.complete(found.worker() + " could not be started again: " + e.getMessage());
      return false;
    }
  }

  /** Below which {@code /metrics} and {@code /health} are. */
  String url() {
    return "http://" + config.workers().management().host() + ":" + process.port().orElse(0);
  }

  @Override
  public void close() {
    process.close();
  }
}
