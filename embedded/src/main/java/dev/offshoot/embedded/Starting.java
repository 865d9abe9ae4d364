package dev.offshoot.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Things being started at the same time: all of them run in the end, or none. */
final class Starting {
  private final Consumer<Server> whenReady;
  private final List<CompletableFuture<? extends AutoCloseable>> begun = new ArrayList<>();

  Starting(Consumer<Server> whenReady) {
    this.whenReady = whenReady;
  }

  <T extends AutoCloseable> CompletableFuture<T> begin(Server server, Supplier<T> start) {
    var future = CompletableFuture.supplyAsync(() -> {
      T started = start.get();
      whenReady.accept(server);
      return started;
    }, task -> Thread.ofPlatform().name("start-" + server.label()).start(task));
    begun.add(future);
    return future;
  }

  /** Returns when all run; else throws the first failure, once all others are stopped again. */
  void awaitAll() {
    try {
      CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      closeAll();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Closes what was started, all at the same time; throws the first failure, after all. */
  void closeAll() {
    var closing = begun.stream()
        .filter(future -> !future.isCompletedExceptionally())
        .map(future -> CompletableFuture.runAsync(
            () -> close(future.join()), task -> Thread.ofPlatform().name("stop-server").start(task)))
        .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(closing).join();
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("A server did not stop in order", e);
    }
  }
}
