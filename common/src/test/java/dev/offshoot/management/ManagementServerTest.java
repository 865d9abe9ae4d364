package dev.offshoot.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.WorkersConfig;

class ManagementServerTest {
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final Map<String, Health> workers = new ConcurrentHashMap<>();
  private final ManagementServer server = ManagementServer.start("127.0.0.1", 0, () -> workers, metrics);
  private final HttpClient client = HttpClient.newHttpClient();

  private record Told(Condition live, Condition ready) implements Health {}

  private static Health told(boolean live, boolean ready) {
    return new Told(condition(live), condition(ready));
  }

  private static Health.Condition condition(boolean good) {
    return good ? new Health.Condition.Good("fine") : new Health.Condition.Bad("the reason");
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    metrics.close();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int status(String path) throws Exception {
    return send("GET", path).statusCode();
  }

  @Test
  void aProcessWithoutAWorkerLivesAndIsNotReady() throws Exception {
    assertThat(status("/health/live")).isEqualTo(200);
    assertThat(status("/health/ready")).isEqualTo(503);
  }

  @Test
  void oneWorkerThatIsNotReadyMakesTheProcessNotReadyAndIsNamed() throws Exception {
    workers.put("migrator", told(true, true));
    assertThat(status("/health/ready")).isEqualTo(200);

    workers.put("reporter", told(true, false));

    HttpResponse<String> answer = send("GET", "/health/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"reporter\":{\"good\":false,\"says\":\"the reason\"}", "\"migrator\":{\"good\":true");
    assertThat(status("/health/live")).isEqualTo(200);
  }

  @Test
  void oneWorkerThatIsDeadMakesTheProcessDead() throws Exception {
    workers.put("migrator", told(true, true));
    workers.put("reporter", told(false, false));

    assertThat(status("/health/live")).isEqualTo(503);
  }

  @Test
  void whatIsMeasuredIsShownAsPrometheusWantsIt() throws Exception {
    Metrics.counter("offshoot.test.seen", "worker", "migrator").increment();

    HttpResponse<String> answer = send("GET", "/metrics");

    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).contains("offshoot_test_seen_total{worker=\"migrator\"} 1.0", "jvm_memory_used_bytes");
  }

  @Test
  void whatIsNotServedIsSaid() throws Exception {
    assertThat(status("/")).isEqualTo(404);
    assertThat(status("/metrics/x")).isEqualTo(404);
    assertThat(send("POST", "/metrics").statusCode()).isEqualTo(405);
    assertThat(send("HEAD", "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aTakenPortIsToldWithTheKeyThatNamesIt() {
    assertThatThrownBy(() -> ManagementServer.start("127.0.0.1", server.port(), Map::of, metrics))
        .hasMessageContainingAll("management.port", "OFFSHOOT_MANAGEMENT_PORT", Integer.toString(server.port()));
  }

  @Test
  void withoutAPortNothingListens() {
    try (WorkerProcess process = WorkerProcess.open(WorkersConfig.Management.OFF);
        WorkerProcess listening = WorkerProcess.open(new WorkersConfig.Management("127.0.0.1", OptionalInt.of(0)))) {
      assertThat(process.port()).isEmpty();
      assertThat(listening.port()).isPresent();
    }
  }
}
