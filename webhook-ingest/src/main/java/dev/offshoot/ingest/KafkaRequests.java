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

/** Requests on Kafka. The clients block their caller while there is no broker, so each call has a thread of its own. */
final class KafkaRequests implements RequestPublisher {
  /** Gitea gives up after 5 seconds by default, the others after 10. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final Duration CHECK_HOLDS = Duration.ofSeconds(5);

  private final KafkaConfig kafka;
  private final Clock clock;
  private final EventPublisher publisher;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean topicsStand;
  private CompletableFuture<Void> check =
      CompletableFuture.failedFuture(new IllegalStateException("Kafka was not asked yet"));
  private Instant checked = Instant.MIN;

  KafkaRequests(KafkaConfig kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.publisher = EventPublisher.open(kafka);
  }

  @Override
  public CompletableFuture<Void> publish(Message message) {
    CompletableFuture<Void> topics = topicsStand ? CompletableFuture.completedFuture(null) : reachable();
    return topics
        .thenComposeAsync(_ -> publisher.publish(message), threads)
        .thenAccept(_ -> { })
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Makes the topics that are missing. One check at a time, and its answer holds for five seconds, however many
   * ask.
   */
  @Override
  public synchronized CompletableFuture<Void> reachable() {
    if (check.isDone() && clock.instant().isAfter(checked.plus(CHECK_HOLDS))) {
      check = CompletableFuture.runAsync(this::ensureTopics, threads);
      checked = clock.instant();
    }
    return check.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ensureTopics() {
    Topics.ensure(kafka);
    topicsStand = true;
  }

  /** What was sent is waited for. */
  @Override
  public void close() {
    publisher.close();
    threads.shutdownNow();
  }
}
