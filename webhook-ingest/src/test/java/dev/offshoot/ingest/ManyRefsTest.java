package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import dev.offshoot.event.Message;
import dev.offshoot.ingest.delivery.Headers;
import dev.offshoot.worker.Failure;

/** One delivery that leads to many requests. */
class ManyRefsTest {
  private static final HostFixture HOST = HostFixtures.BITBUCKET_CLOUD;
  private static final String PUSH = "repo:push";
  private static final byte[] BODY = HOST.body("push-many").toString().getBytes(StandardCharsets.UTF_8);
  private final List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
  private final List<Message> published = new ArrayList<>();
  private final Reception reception = new Reception(new DeliveryReader(HostFixture.CLOCK), new RequestPublisher() {
    @Override
    public CompletableFuture<Void> publish(Message message) {
      published.add(message);
      acknowledgements.add(new CompletableFuture<>());
      return acknowledgements.getLast();
    }

    @Override
    public CompletableFuture<Void> reachable() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  });

  @Test
  void theAnswerWaitsForTheLastOfThem() {
    CompletableFuture<Answer> answer = receive();
    assertThat(published).hasSize(3);

    acknowledgements.subList(0, 2).forEach(each -> each.complete(null));
    assertThat(answer).isNotDone();
    acknowledgements.getLast().complete(null);

    assertThat(answer.join().verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(answer.join().json()).contains("\"requests\":3");
  }

  @Test
  void oneThatKafkaDidNotTakeMakesTheHostSendAllAgainUnderTheSameIds() {
    CompletableFuture<Answer> first = receive();
    acknowledgements.getFirst().complete(null);
    acknowledgements.get(1).completeExceptionally(new Failure(Failure.Kind.UNAVAILABLE, "Kafka is down"));
    acknowledgements.getLast().complete(null);
    assertThat(first.join().verdict()).isEqualTo(Verdict.UNAVAILABLE);

    CompletableFuture<Answer> again = receive();
    acknowledgements.forEach(each -> each.complete(null));

    assertThat(again.join().verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(published.subList(3, 6)).extracting(Message::id)
        .isEqualTo(published.subList(0, 3).stream().map(Message::id).toList());
  }

  @Test
  void whatIsMoreThanOneDeliveryMayAskIsLeftToTheComparisonOfBranches() {
    ObjectNode flood = HOST.body("push");
    ArrayNode changes = flood.withObject("/push").withArray("changes");
    IntStream.range(0, 1500).forEach(i -> {
      ObjectNode change = changes.get(0).deepCopy();
      change.withObject("/new").put("name", "b" + i);
      changes.add(change);
    });

    assertThat(HOST.messages(flood, PUSH)).hasSize(1000);
  }

  @Test
  void aBranchThatIsNamedTwiceCountsAsItComesLast() {
    ObjectNode twice = HOST.body("push");
    twice.withObject("/push").withArray("changes").add(HOST.body("push-deleted").at("/push/changes/0"));

    assertThat(HOST.messages(twice, PUSH)).extracting(message -> (Object) message.event())
        .containsExactly(HostFixture.deleted(HostFixture.BRANCH));
  }

  private CompletableFuture<Answer> receive() {
    Map<String, String> signed = HOST.signing().headers(PUSH, BODY);
    Headers headers = HostFixture.headers(signed);
    return reception.receive(HOST.hook(), headers, BODY);
  }
}
