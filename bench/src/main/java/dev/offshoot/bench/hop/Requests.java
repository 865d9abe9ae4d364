package dev.offshoot.bench.hop;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request.CreateRequested;
import dev.offshoot.wire.EventPublisher;

/** Numbered requests, each a barrier in its lane, so that none is passed over. */
final class Requests implements AutoCloseable {
  private static final EventSource SOURCE = EventSource.worker("bench");
  private static final RepositoryKey REPOSITORY = new RepositoryKey("bench");

  private final EventPublisher publisher;
  private final int environments;

  /** @param environments over how many the requests are spread, in turns */
  public Requests(KafkaConfig kafka, int environments) {
    this.publisher = EventPublisher.open(kafka);
    this.environments = environments;
  }

  /** Publishes the request of this number; completes with its offset when the broker has it. */
  public CompletableFuture<Long> publish(int number) {
    return publisher.publish(Message.first(new EventId("bench-" + number), SOURCE, Instant.now(),
        new CreateRequested(origin(number % environments), Optional.empty(), "bench")));
  }

  /** Publishes so many from this number on; the broker has them on return. */
  void publish(int first, int count) {
    CompletableFuture.allOf(IntStream.range(first, first + count).mapToObj(this::publish).toArray(CompletableFuture<?>[]::new)).join();
  }

  /** The branch of an environment's number. */
  public static Origin origin(int environment) {
    return Origin.ofBranch(REPOSITORY, GitRef.ofBranch("b" + environment));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
