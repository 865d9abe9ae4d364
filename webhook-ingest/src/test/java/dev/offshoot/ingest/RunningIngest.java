package dev.offshoot.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.PrometheusMetrics;

/** The server on a free port with a publisher in memory, and a sender to it. */
record RunningIngest(WebhookIngest ingest, RecordingPublisher publisher, Sender sender, PrometheusMetrics metrics)
    implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final int BODY_LIMIT = 64 << 10;

  private static final ServerLimits LIMITS = new ServerLimits(
      BODY_LIMIT, 8192, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));

  static RunningIngest start() {
    return start(LIMITS);
  }

  /** With no more than so many deliveries in a minute. */
  static RunningIngest limitedTo(int deliveriesPerMinute) {
    return start(TestConfig.limitedTo(deliveriesPerMinute), LIMITS);
  }

  static RunningIngest start(ServerLimits limits) {
    return start(TestConfig.of(KafkaConfig.at("127.0.0.1:1")), limits);
  }

  static RunningIngest start(OffshootConfig config, ServerLimits limits) {
    PrometheusMetrics metrics = new PrometheusMetrics();
    RecordingPublisher publisher = new RecordingPublisher();
    WebhookIngest ingest = WebhookIngest.start(config, publisher, limits, Clock.fixed(NOW, ZoneOffset.UTC));
    return new RunningIngest(ingest, publisher, new Sender(ingest.port()), metrics);
  }

  @Override
  public void close() {
    sender.close();
    ingest.close();
    metrics.close();
  }
}
