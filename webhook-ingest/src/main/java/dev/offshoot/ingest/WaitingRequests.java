package dev.offshoot.ingest;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.offshoot.event.Message;
import dev.offshoot.worker.Failure;

/** One thread hands requests on, in the order in which they came; so many may wait for that and no more. */
final class WaitingRequests implements AutoCloseable {
  private final int most;
  private final Function<Message, ? extends CompletionStage<?>> onwards;
  private final ExecutorService thread;

  /** @param onwards may block */
  WaitingRequests(int most, Function<Message, ? extends CompletionStage<?>> onwards) {
    this.most = most;
    this.onwards = onwards;
    this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(most),
        Thread.ofPlatform().name("requests").factory());
  }

  /** What is acknowledged by then, because nobody waits for it any more, is not sent at all. Fails at once where there is no room. */
  void add(Message message, CompletableFuture<Void> acknowledged) {
    try {
      thread.execute(() -> send(message, acknowledged));
    } catch (RejectedExecutionException e) {
      acknowledged.completeExceptionally(
          new Failure(Failure.Kind.UNAVAILABLE, "More than " + most + " requests wait for Kafka, or this process ends", e));
    }
  }

  private void send(Message message, CompletableFuture<Void> acknowledged) {
    if (acknowledged.isDone()) {
      return;
    }
    try {
      var _ = onwards.apply(message).whenComplete((_, failure) -> {
        if (failure == null) {
          acknowledged.complete(null);
        } else {
          acknowledged.completeExceptionally(failure);
        }
      });
    } catch (RuntimeException e) {
      acknowledged.completeExceptionally(e);
    }
  }

  /** Once what waits was handed on. */
  @Override
  public void close() {
    thread.close();
  }
}
