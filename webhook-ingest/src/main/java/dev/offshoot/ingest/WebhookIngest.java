package dev.offshoot.ingest;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;

/** The running worker. Starts also without Kafka: then it is not ready, and answers deliveries 503. */
public final class WebhookIngest implements RunningWorker {
  private static final int EVENT_LOOPS = Runtime.getRuntime().availableProcessors();

  private final Vertx vertx;
  private final String deployed;
  private final int port;
  private final RequestPublisher publisher;

  private WebhookIngest(Vertx vertx, String deployed, int port, RequestPublisher publisher) {
    this.vertx = vertx;
    this.deployed = deployed;
    this.port = port;
    this.publisher = publisher;
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
    List<WebhookServer> servers = new CopyOnWriteArrayList<>();
    Supplier<WebhookServer> another = () -> {
      WebhookServer server = new WebhookServer(webhooks, limits, deliveries, publisher, new AnswerWriter(vertx));
      servers.add(server);
      return server;
    };
    try {
      String deployed = await(vertx.deployVerticle(another, new DeploymentOptions().setInstances(EVENT_LOOPS)));
      return new WebhookIngest(vertx, deployed, servers.getFirst().port(), publisher);
    } catch (RuntimeException e) {
      await(vertx.close());
      publisher.close();
      throw new IllegalStateException("webhook-ingest cannot listen on " + webhooks.host() + ':' + webhooks.port()
          + ": choose another webhooks.port, or end what listens there", e);
    }
  }

  /** The port it listens on, also when the configuration left the choice open. */
  public int port() {
    return port;
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
    await(vertx.undeploy(deployed));
    await(vertx.close());
    publisher.close();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
