package dev.offshoot.management;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * {@code GET /metrics}, {@code /health/live} and {@code /health/ready} over HTTP.
 *
 * <p>Health is 200 when every worker's condition is good, else 503; the body says which is not, and why. Of no worker at all: live, and
 * not ready.
 */
public final class ManagementServer implements AutoCloseable {
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Supplier<Map<String, Health>> workers;
  private final PrometheusMetrics metrics;

  private record Answer(int code, String type, String body) {}

  private ManagementServer(HttpServer server, Supplier<Map<String, Health>> workers, PrometheusMetrics metrics) {
    this.server = server;
    this.workers = workers;
    this.metrics = metrics;
  }

  /**
   * Returns once it listens.
   *
   * @param port 0 for a free one
   * @param workers by name, asked at every request
   */
  public static ManagementServer start(
      String host, int port, Supplier<Map<String, Health>> workers, PrometheusMetrics metrics) {
    try {
      ManagementServer management =
          new ManagementServer(HttpServer.create(new InetSocketAddress(host, port), 0), workers, metrics);
      management.serve();
      return management;
    } catch (IOException e) {
      throw new IllegalStateException("/metrics and /health cannot be served on " + host + ':' + port
          + ": choose another management.port or OFFSHOOT_MANAGEMENT_PORT, or end what listens there", e);
    }
  }

  private void serve() {
    server.createContext("/", exchange -> answer(exchange, this::answer));
    server.setExecutor(threads);
    server.start();
  }

  private Answer answer(String path) {
    return switch (path) {
      case "/metrics" -> new Answer(200, PrometheusMetrics.CONTENT_TYPE, metrics.scrape());
      case "/health/live" -> health("up", Health::live, true);
      case "/health/ready" -> health("ready", Health::ready, false);
      default -> new Answer(404, JSON, "{\"reason\":\"there are /metrics, /health/live and /health/ready\"}");
    };
  }

  private Answer health(String good, Function<Health, Health.Condition> question, boolean ofNone) {
    Map<String, Health> all = new TreeMap<>(workers.get());
    ObjectNode answers = JsonNodeFactory.instance.objectNode();
    boolean fine = !all.isEmpty() || ofNone;
    for (Map.Entry<String, Health> worker : all.entrySet()) {
      Health.Condition condition = question.apply(worker.getValue());
      fine &= condition.isGood();
      answers.putObject(worker.getKey()).put("good", condition.isGood()).put("says", condition.says());
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", fine ? good : "unavailable");
    body.set("workers", answers);
    return new Answer(fine ? 200 : 503, JSON, body + "\n");
  }

  private static void answer(HttpExchange exchange, Function<String, Answer> paths) throws IOException {
    try (exchange) {
      Answer answer = switch (exchange.getRequestMethod()) {
        case "GET", "HEAD" -> paths.apply(exchange.getRequestURI().getPath());
        default -> new Answer(405, JSON, "{\"reason\":\"only GET is answered here\"}");
      };
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(answer.code(), -1);
      } else {
        exchange.sendResponseHeaders(answer.code(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** The port it listens on, also when the choice was left open. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
