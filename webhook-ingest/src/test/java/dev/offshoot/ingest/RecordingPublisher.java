package dev.offshoot.ingest;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

/** Keeps messages in memory, and answers as it is told. */
final class RecordingPublisher implements RequestPublisher {
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Void> acknowledgement = CompletableFuture.completedFuture(null);

  /** From now on messages are taken when this completes, and refused when it fails. */
  void acknowledgeWith(CompletableFuture<Void> acknowledgement) {
    this.acknowledgement = acknowledgement;
  }

  @Override
  public CompletableFuture<Void> publish(Message message) {
    messages.add(message);
    return acknowledgement.copy();
  }

  @Override
  public CompletableFuture<Void> reachable() {
    return acknowledgement.isCompletedExceptionally() ? acknowledgement.copy()
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}

  List<Message> messages() {
    return List.copyOf(messages);
  }

  List<Request> requests() {
    return messages.stream().map(message -> (Request) message.event()).toList();
  }
}
