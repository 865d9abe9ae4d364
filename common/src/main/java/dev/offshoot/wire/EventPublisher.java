package dev.offshoot.wire;

import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Message;
import dev.offshoot.worker.Failure;

/** Puts requests on their topic for those who are no worker: webhook-ingest, the clock and people. */
public final class EventPublisher implements AutoCloseable {
  private final Producer<String, byte[]> producer;
  private final EventCodec codec;

  private EventPublisher(Producer<String, byte[]> producer, EventCodec codec) {
    this.producer = producer;
    this.codec = codec;
  }

  public static EventPublisher open(KafkaConfig kafka) {
    return new EventPublisher(KafkaClients.producer(kafka), new EventCodec(kafka));
  }

  /**
   * Completes with the message's offset when all replicas have it; fails with a {@link Failure} UNAVAILABLE within about ten seconds otherwise. A message
   * whose publishing failed may still arrive.
   */
  public CompletableFuture<Long> publish(Message message) {
    CompletableFuture<Long> acknowledged = new CompletableFuture<>();
    try {
      var _ = producer.send(codec.encode(message), (written, failure) -> {
        if (failure == null) {
          acknowledged.complete(written.offset());
        } else {
          acknowledged.completeExceptionally(unavailable(failure));
        }
      });
    } catch (KafkaException e) {
      acknowledged.completeExceptionally(unavailable(e));
    }
    return acknowledged;
  }

  private static Failure unavailable(Exception cause) {
    return new Failure(Failure.Kind.UNAVAILABLE, "Kafka did not take the message", cause);
  }

  /** Sends what is queued, then closes. */
  @Override
  public void close() {
    producer.close();
  }
}
