package dev.offshoot.ingest;

import java.util.concurrent.CompletableFuture;

import dev.offshoot.event.Message;

/** Where requests are made durable. */
public interface RequestPublisher extends AutoCloseable {

  /**
   * Completes when the message is durable, and never without. Fails soon enough for the git host to still be
   * waiting; a message whose publishing failed may still arrive. Does not block.
   */
  CompletableFuture<Void> publish(Message message);

  /** Completes when the other side can be reached, fails otherwise. Does not block. */
  CompletableFuture<Void> reachable();

  @Override
  void close();
}
