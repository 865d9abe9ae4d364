package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.worker.Failure;

@Timeout(300)
class ServerTest {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final ServerLimits IMPATIENT = new ServerLimits(
      RunningIngest.BODY_LIMIT, 8192, Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofMinutes(1));
  /** With a body that is late, but silence that a loaded machine's client may make. */
  private static final ServerLimits HASTY = new ServerLimits(
      RunningIngest.BODY_LIMIT, 8192, Duration.ofMillis(1500), Duration.ofMillis(600), Duration.ofMinutes(1));
  private static final CompletableFuture<Void> DOWN =
      CompletableFuture.failedFuture(new Failure(Failure.Kind.UNAVAILABLE, "Kafka is down"));
  private static final String PUSH = GitHubPayloads.push("refs/heads/feature/x").toString();

  private static final String UNFINISHED = "POST /webhooks/site HTTP/1.1\r\nHost: x\r\n"
      + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";

  @Test
  void kafkasRefusalIsAnswered503WithRetryAfter() {
    try (RunningIngest running = RunningIngest.start()) {
      running.publisher().acknowledgeWith(DOWN);

      Sender.Reply reply = running.sender().github("push", "1", PUSH);

      assertThat(reply.code()).isEqualTo(503);
      assertThat(reply.status()).isEqualTo("unavailable");
      assertThat(reply.response().headers().firstValueAsLong("Retry-After")).hasValue(10);
    }
  }

  @Test
  void nothingIsAcceptedBeforeKafkaHasIt() {
    try (RunningIngest running = RunningIngest.start()) {
      CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
      running.publisher().acknowledgeWith(acknowledgement);
      CompletableFuture<Integer> answer = pushLater(running);
      Eventually.await("the message is at the publisher", SOON, () -> !running.publisher().messages().isEmpty());

      assertThat(answer).isNotDone();
      acknowledgement.complete(null);
      assertThat(answer).succeedsWithin(SOON).isEqualTo(202);
    }
  }

  @Test
  void aStopAnswersTheDeliveryUnderWayAndTakesNoOther() {
    RunningIngest running = RunningIngest.start();
    CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
    running.publisher().acknowledgeWith(acknowledgement);
    CompletableFuture<Integer> answer = pushLater(running);
    Eventually.await("the message is at the publisher", SOON, () -> !running.publisher().messages().isEmpty());

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(running.ingest()::close);
    Eventually.await("no new connection is taken", SOON, () -> refusesConnections(running.ingest().port()));
    assertThat(answer).isNotDone();
    assertThat(stopped).isNotDone();
    acknowledgement.complete(null);

    assertThat(answer).succeedsWithin(SOON).isEqualTo(202);
    assertThat(stopped).succeedsWithin(SOON);
    running.sender().close();
  }

  @Test
  void deliveriesWhoseBodiesWouldNotFitInMemoryAreRefusedUntilOthersAreDone() {
    ServerLimits fourAtATime = new ServerLimits(64 << 20, 8192, SOON, SOON, SOON);
    try (RunningIngest running = RunningIngest.start(fourAtATime)) {
      CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
      running.publisher().acknowledgeWith(acknowledgement);
      List<CompletableFuture<Integer>> answers = Stream.generate(() -> pushLater(running)).limit(4).toList();
      Eventually.await("four are under way", SOON, () -> running.publisher().messages().size() == 4);

      assertThat(running.sender().github("push", "5", PUSH).code()).isEqualTo(503);
      acknowledgement.complete(null);

      assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(SOON).isEqualTo(202));
      assertThat(running.sender().github("push", "5", PUSH).code()).isEqualTo(202);
    }
  }

  @Test
  void whoDeliversTooOftenIsToldWhenToComeAgainAndCounted() {
    try (RunningIngest running = RunningIngest.limitedTo(2)) {
      assertThat(running.sender().github("push", "1", PUSH).code()).isEqualTo(202);
      assertThat(running.sender().github("push", "2", PUSH).code()).isEqualTo(202);

      Sender.Reply reply = running.sender().github("push", "3", PUSH);

      assertThat(reply.code()).isEqualTo(429);
      assertThat(reply.response().headers().firstValueAsLong("Retry-After")).hasValue(30);
      assertThat(running.publisher().messages()).hasSize(2);
      assertThat(running.metrics().scrape()).contains("offshoot_deliveries_seconds_count{host=\"github\",outcome=\"rate_limited\"} 1");
    }
  }

  @Test
  void aSilentClientIsCut() throws IOException {
    try (RunningIngest running = RunningIngest.start(IMPATIENT); Socket socket = connect(running)) {
      socket.getOutputStream().write("POST /webhooks/site HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aBodyThatTricklesInIsCut() throws Exception {
    try (RunningIngest running = RunningIngest.start(HASTY); Socket socket = connect(running)) {
      OutputStream out = socket.getOutputStream();
      out.write(UNFINISHED.getBytes(StandardCharsets.US_ASCII));
      ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
      // never silent for long, and never done: ends by itself when the server has hung up
      Future<?> trickling = trickle.scheduleAtFixedRate(() -> write(out), 0, 50, TimeUnit.MILLISECONDS);

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("the body must come in within");
      assertThat(trickling).failsWithin(SOON);
      trickle.shutdown();
    }
  }

  @ParameterizedTest
  @CsvSource({"POST /webhooks/%zz HTTP/1.1,400", "NOT HTTP AT ALL,400", "GET /nothing HTTP/1.0,404",
      "POST /webhooks/site HTTP/1.1\\nTransfer-Encoding: chunked\\nContent-Length: 5,400"})
  void whatIsNoGoodRequestIsAnsweredInJsonAndCut(String head, int code) throws IOException {
    try (RunningIngest running = RunningIngest.start(HASTY); Socket socket = connect(running)) {
      String request = head.replace("\\n", "\r\n") + "\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).containsPattern("^HTTP/1\\.[01] " + code + " ")
          .contains("{\"status\":\"refused\",\"reason\":");
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleDisturbsNobody() throws IOException {
    try (RunningIngest running = RunningIngest.start()) {
      try (Socket socket = connect(running)) {
        socket.getOutputStream().write(UNFINISHED.getBytes(StandardCharsets.US_ASCII));
      }

      assertThat(running.sender().github("push", "1", PUSH).code()).isEqualTo(202);
      Eventually.await("it is counted", SOON, () -> running.metrics().scrape(),
          metrics -> metrics.contains("offshoot_deliveries_seconds_count{host=\"github\",outcome=\"abandoned\"} 1"));
    }
  }

  @Test
  void headersThatAreTooLargeAreRefused() {
    try (RunningIngest running = RunningIngest.start()) {
      Sender.Reply reply = running.sender()
          .post("/webhooks/site", Map.of("X-Large", "x".repeat(10_000)), BodyPublishers.noBody());

      assertThat(reply.code()).isEqualTo(431);
      assertThat(reply.status()).isEqualTo("refused");
    }
  }

  @Test
  void liveIsSaidEvenWithoutKafkaAndReadyIsNot() {
    try (RunningIngest running = RunningIngest.start()) {
      assertThat(running.sender().get("/health/ready").code()).isEqualTo(200);
      running.publisher().acknowledgeWith(DOWN);

      assertThat(running.sender().get("/health/live").code()).isEqualTo(200);
      assertThat(running.sender().get("/health/ready").code()).isEqualTo(503);
    }
  }

  @Test
  void metricsCountByHostAndOutcomeAndByNothingThatAStrangerChooses() throws IOException, InterruptedException {
    try (RunningIngest running = RunningIngest.start()) {
      running.sender().github("push", "id-of-a-stranger", PUSH);
      running.sender().github("ping", "id-of-a-stranger", GitHubPayloads.about(GitHubPayloads.object(), "acme/site")
          .toString());
      running.sender().post("/webhooks/hook-of-a-stranger", Map.of(), BodyPublishers.noBody());

      assertThat(running.metrics().scrape())
          .contains("offshoot_deliveries_seconds_count{host=\"github\",outcome=\"accepted\"} 1")
          .contains("offshoot_deliveries_seconds_count{host=\"github\",outcome=\"ignored\"} 1")
          .contains("offshoot_deliveries_seconds_count{host=\"none\",outcome=\"unknown_hook\"} 1")
          .doesNotContain("stranger")
          .doesNotContain("feature/x");
    }
  }

  @Test
  void whatTheProcessMeasuresIsNotToldToStrangers() {
    try (RunningIngest running = RunningIngest.start()) {
      assertThat(running.sender().get("/metrics").code()).isEqualTo(404);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (RunningIngest running = RunningIngest.start()) {
      var config = TestConfig.listeningOn(running.ingest().port());

      assertThatThrownBy(() -> WebhookIngest.start(config, new RecordingPublisher(), IMPATIENT, Clock.systemUTC()))
          .hasMessageContaining("cannot listen on 127.0.0.1:" + running.ingest().port());
    }
  }

  private static CompletableFuture<Integer> pushLater(RunningIngest running) {
    Map<String, String> headers =
        Sender.githubHeaders("push", "1", PUSH.getBytes(StandardCharsets.UTF_8), TestConfig.SECRET);
    return running.sender().postLater("/webhooks/site", headers, BodyPublishers.ofString(PUSH));
  }

  private static Socket connect(RunningIngest running) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.ingest().port());
    socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
    return socket;
  }

  private static boolean refusesConnections(int port) throws IOException {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private static void write(OutputStream out) {
    try {
      out.write(' ');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
