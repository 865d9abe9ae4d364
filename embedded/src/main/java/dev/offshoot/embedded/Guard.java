package dev.offshoot.embedded;

import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.process.Deaths;

/**
 * Starts a server process again that has died, on its port and with its data. One that dies too often, or can't be started, is a
 * fault.
 */
final class Guard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final Server server;
  private final ServerProcess process;
  private final CompletableFuture<ServerFault> fault;
  private final Deaths deaths = new Deaths();
  private boolean closed;

  /** @param fault is completed when the guard gives up */
  Guard(Server server, ServerProcess process, CompletableFuture<ServerFault> fault) {
    this.server = server;
    this.process = process;
    this.fault = fault;
    watch();
  }

  private void watch() {
    var _ = process.died().thenAcceptAsync(this::revive, task -> Thread.ofPlatform().daemon().name("guard-" + server.label()).start(task));
  }

  private synchronized void revive(int status) {
    if (closed) {
      return;
    }
    if (deaths.isOneTooMany()) {
      fault.complete(new ServerFault(server, "it died " + Deaths.howMany() + ", the last time with status " + status));
      return;
    }
    LOG.error("{} died with status {} and is started again", server.label(), status);
    try {
      process.resume();
      LOG.warn("{} serves again", server.label());
      watch();
    } catch (RuntimeException e) {
      LOG.error("{} could not be started again", server.label(), e);
      fault.complete(new ServerFault(server, "it died with status " + status + " and could not be started again: " + e.getMessage()));
    }
  }

  /** From now on a server that ends stays so; waits for a start that is under way. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}
