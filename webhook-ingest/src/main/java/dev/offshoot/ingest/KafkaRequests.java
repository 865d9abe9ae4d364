package dev.offshoot.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Message;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.Topics;

/**
 * Requests on Kafka. The client blocks its caller while there is no broker, so one thread hands all requests to it, in the order in which
 * they came; so many may wait for that and no more, and whoever waited too long is not sent at all.
 */
final class KafkaRequests implements RequestPublisher {
  /** Gitea gives up after 5 seconds by default, the others after 10. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final Duration CHECK_HOLDS = Duration.ofSeconds(5);
  private static final int MOST_WAITING = 10_000;

  private final KafkaConfig kafka;
  private final Clock clock;
  private final EventPublisher publisher;
  private final ExecutorService checks = Executors.newVirtualThreadPerTaskExecutor();
  private final WaitingRequests waiting;
  private volatile boolean topicsStand;
  private CompletableFuture<Void> check =
      CompletableFuture.failedFuture(new IllegalStateException("Kafka was not asked yet"));
  private Instant checked = Instant.MIN;

  KafkaRequests(KafkaConfig kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.publisher = EventPublisher.open(kafka);
    this.waiting = new WaitingRequests(MOST_WAITING, publisher::publish);
  }

  @Override
  public CompletableFuture<Void> publish(Message message) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    if (topicsStand) {
      waiting.add(message, acknowledged);
    } else {
      var _ = reachable().whenComplete((_, failure) -> {
        if (failure == null) {
          waiting.add(message, acknowledged);
        } else {
          acknowledged.completeExceptionally(failure);
        }
      });
    }
    return acknowledged.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Makes the topics that are missing. One check at a time, and its answer holds for five seconds, however many
   * ask.
   */
  @Override
  public synchronized CompletableFuture<Void> reachable() {
    if (check.isDone() && clock.instant().isAfter(checked.plus(CHECK_HOLDS))) {
      check = CompletableFuture.runAsync(this::ensureTopics, checks);
      checked = clock.instant();
    }
    return check.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ensureTopics() {
    Topics.ensure(kafka);
    topicsStand = true;
  }

  /** What waits is sent, and what was sent is waited for. */
  @Override
  public void close() {
    waiting.close();
    publisher.close();
    checks.shutdownNow();
  }
}
