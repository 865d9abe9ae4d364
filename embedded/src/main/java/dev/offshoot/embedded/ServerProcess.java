package dev.offshoot.embedded;

import java.util.concurrent.CompletableFuture;

/** A server that is a child process, so that it can die alone and be started again. */
interface ServerProcess extends AutoCloseable {

  /** Completes when the process that runs now has ended without having been stopped, with its exit status; else never. */
  CompletableFuture<Integer> died();

  /** Starts what was stopped or has died, on the same port with the same data; does nothing when it runs. */
  void resume();

  @Override
  void close();
}
