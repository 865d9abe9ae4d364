package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Failure;

class WaitingRequestsTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String PUSH = GitHubPayloads.push("refs/heads/feature/x").toString();

  private final CountDownLatch kafkaAnswers = new CountDownLatch(1);
  private final List<EventId> sent = new CopyOnWriteArrayList<>();

  /** As the client does while there is no broker. */
  private CompletableFuture<Void> blocking(Message message) {
    sent.add(message.id());
    try {
      kafkaAnswers.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return CompletableFuture.completedFuture(null);
  }

  private static Message message(int number) {
    return Message.first(EventId.derived("waiting " + number), new EventSource("/offshoot/test"), RunningIngest.NOW,
        new Request.BranchDeleted(Origin.ofBranch(new RepositoryKey("site"), GitRef.ofBranch("feature/x")), "kim"));
  }

  private static CompletableFuture<Void> added(WaitingRequests waiting, Message message) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    waiting.add(message, acknowledged);
    return acknowledged;
  }

  @Test
  void whatFindsNoRoomFailsAtOnceAndWhatWaitsIsSentInTheOrderInWhichItCame() {
    List<Message> all = IntStream.range(0, 4).mapToObj(WaitingRequestsTest::message).toList();
    try (WaitingRequests waiting = new WaitingRequests(2, this::blocking)) {
      CompletableFuture<Void> first = added(waiting, all.get(0));
      Eventually.await("the first is on its way", SOON, () -> sent.size() == 1);
      List<CompletableFuture<Void>> inLine = List.of(added(waiting, all.get(1)), added(waiting, all.get(2)));

      CompletableFuture<Void> tooMany = added(waiting, all.get(3));

      assertThat(tooMany).isCompletedExceptionally();
      assertThat(tooMany.exceptionNow()).isInstanceOfSatisfying(Failure.class, failure -> {
        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("More than 2 requests wait");
      });
      kafkaAnswers.countDown();
      assertThat(first).succeedsWithin(SOON);
      assertThat(inLine).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
    }
    assertThat(sent).containsExactly(all.get(0).id(), all.get(1).id(), all.get(2).id());
  }

  @Test
  void aDeliveryThatFindsNoRoomIsAnswered503AndTheOthers202() {
    byte[] body = PUSH.getBytes(StandardCharsets.UTF_8);
    try (WaitingPublisher publisher = new WaitingPublisher(new WaitingRequests(1, this::blocking));
        WebhookIngest ingest = WebhookIngest.start(TestConfig.of(KafkaConfig.at("127.0.0.1:1")), publisher,
            ServerLimits.of(RunningIngest.BODY_LIMIT), Clock.systemUTC());
        Sender sender = new Sender(ingest.port())) {
      CompletableFuture<Integer> first = pushLater(sender, body);
      Eventually.await("the first is on its way", SOON, () -> sent.size() == 1);

      List<CompletableFuture<Integer>> others = Stream.generate(() -> pushLater(sender, body)).limit(2).toList();

      Eventually.await("one of them is answered", SOON, () -> others.stream().anyMatch(CompletableFuture::isDone));
      assertThat(others).filteredOn(CompletableFuture::isDone).extracting(CompletableFuture::join).containsExactly(503);
      kafkaAnswers.countDown();
      assertThat(first).succeedsWithin(SOON).isEqualTo(202);
      assertThat(others).extracting(CompletableFuture::join).containsExactlyInAnyOrder(202, 503);
    }
  }

  private static CompletableFuture<Integer> pushLater(Sender sender, byte[] body) {
    return sender.postLater(
        "/webhooks/site", Sender.githubHeaders("push", "1", body, TestConfig.SECRET), BodyPublishers.ofByteArray(body));
  }

  private record WaitingPublisher(WaitingRequests waiting) implements RequestPublisher {
    @Override
    public CompletableFuture<Void> publish(Message message) {
      return added(waiting, message);
    }

    @Override
    public CompletableFuture<Void> reachable() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      waiting.close();
    }
  }
}
