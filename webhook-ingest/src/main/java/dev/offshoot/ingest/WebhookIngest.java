package dev.offshoot.ingest;

import java.time.Clock;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;

/** The running worker. Starts also without Kafka: then it is not ready, and answers deliveries 503. */
public final class WebhookIngest implements RunningWorker {
  private final Vertx vertx;
  private final HttpServer server;
  private final RequestPublisher publisher;
  private final ServerLimits limits;

  private WebhookIngest(Vertx vertx, HttpServer server, RequestPublisher publisher, ServerLimits limits) {
    this.vertx = vertx;
    this.server = server;
    this.publisher = publisher;
    this.limits = limits;
  }

  /** Returns once the server listens. */
  public static WebhookIngest start(OffshootConfig config) {
    Clock clock = Clock.systemUTC();
    KafkaRequests publisher = new KafkaRequests(config.kafka(), clock);
    var _ = publisher.reachable();
    return start(config, publisher, ServerLimits.of(config.workers().webhooks().bodyLimitBytes()), clock);
  }

  static WebhookIngest start(OffshootConfig config, RequestPublisher publisher, ServerLimits limits, Clock clock) {
    WorkersConfig.Webhooks webhooks = config.workers().webhooks();
    Vertx vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    DeliveryEndpoint deliveries = new DeliveryEndpoint(vertx, limits, Hooks.of(config.repositories().values(), clock),
        new RateLimit(webhooks.deliveriesPerMinute(), clock), new Reception(new DeliveryReader(clock), publisher));
    try {
      HttpServer server = await(new WebhookServer(vertx, limits, deliveries, publisher).listen(webhooks));
      return new WebhookIngest(vertx, server, publisher, limits);
    } catch (RuntimeException e) {
      await(vertx.close());
      publisher.close();
      throw new IllegalStateException("webhook-ingest cannot listen on " + webhooks.host() + ':' + webhooks.port()
          + ": choose another webhooks.port, or end what listens there", e);
    }
  }

  /** The port it listens on, also when the configuration left the choice open. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Health health() {
    return new Health() {
      @Override
      public Condition live() {
        return new Condition.Good("the process answers");
      }

      @Override
      public Condition ready() {
        try {
          publisher.reachable().join();
          return new Condition.Good("Kafka answers");
        } catch (CompletionException e) {
          return new Condition.Bad("Kafka does not answer: check kafka.bootstrapServers");
        }
      }
    };
  }

  /** Takes no more deliveries, answers those under way, then ends. */
  @Override
  public void close() {
    await(server.shutdown(limits.stop().toMillis(), TimeUnit.MILLISECONDS));
    await(vertx.close());
    publisher.close();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
