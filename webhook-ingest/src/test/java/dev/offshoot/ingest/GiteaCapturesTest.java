package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

/** Every delivery that a real Gitea sent for a day's work, through real HTTP with its own signature. */
class GiteaCapturesTest {
  private static final String ADD_COLUMN = "feature/JIRA-1-add_col";
  private static final String FIX = "fix/ünï-#2";
  private static final String SQUASH = "squash/me";
  private final RunningIngest running = RunningIngest.start();

  @AfterEach
  void stop() {
    running.close();
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("04-push", pushed(ADD_COLUMN, "84004c595c1fe4d0739226adb9a28dceedcad326", true)),
        Arguments.of("05-pull_request", updated(ADD_COLUMN, "84004c595c1fe4d0739226adb9a28dceedcad326", 1)),
        Arguments.of("06-push", pushed(ADD_COLUMN, "51891f31f66e7e08d5a52fbe80f9c5c726311151", false)),
        Arguments.of("07-pull_request", updated(ADD_COLUMN, "51891f31f66e7e08d5a52fbe80f9c5c726311151", 1)),
        Arguments.of("08-push", pushed(ADD_COLUMN, "785e91d25ce11306517cb4e5518c1a590e7f7f28", false)),
        Arguments.of("09-pull_request", updated(ADD_COLUMN, "785e91d25ce11306517cb4e5518c1a590e7f7f28", 1)),
        Arguments.of("10-pull_request", merged(ADD_COLUMN, "785e91d25ce11306517cb4e5518c1a590e7f7f28", 1)),
        Arguments.of("12-delete", new Request.BranchDeleted(origin(ADD_COLUMN), "spiker")),
        Arguments.of("14-push", pushed(FIX, "a1a7cefe35d2bc34a977e574fdc1901c5efc75b1", true)),
        Arguments.of("15-pull_request", updated(FIX, "a1a7cefe35d2bc34a977e574fdc1901c5efc75b1", 2)),
        Arguments.of("16-pull_request", new Request.ChangeClosed(origin(FIX), 2, "spiker")),
        Arguments.of("18-push", pushed(SQUASH, "22d1f5f3be3c801f3f099ca7a6b19014ff31f371", true)),
        Arguments.of("19-pull_request", updated(SQUASH, "22d1f5f3be3c801f3f099ca7a6b19014ff31f371", 3)),
        Arguments.of("20-pull_request", merged(SQUASH, "22d1f5f3be3c801f3f099ca7a6b19014ff31f371", 3)),
        Arguments.of("22-delete", new Request.BranchDeleted(origin(SQUASH), "spiker")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void aDeliveryAboutABranchBecomesItsRequest(String capture, Request expected) {
    Sender.Reply reply = deliver(capture);

    assertThat(reply.code()).as(reply.reason()).isEqualTo(202);
    assertThat(reply.status()).isEqualTo("accepted");
    assertThat(running.publisher().requests()).containsExactly(expected);
    Message message = running.publisher().messages().getFirst();
    assertThat(reply.json().path("event").asText()).isEqualTo(message.id().value());
    assertThat(reply.json().path("environment").asText()).isEqualTo(expected.origin().environment().value());
    assertThat(message.source()).isEqualTo(new EventSource("/offshoot/webhooks/shop"));
    assertThat(message.time()).isEqualTo(RunningIngest.NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01-create", "03-create", "13-create", "17-create", "24-create"})
  void aCreationIsLeftToItsPush(String capture) {
    assertIgnored(capture, "the push says when a branch begins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"02-push", "11-push", "21-push", "27-push"})
  void thePushOfTheDefaultBranchMakesNothing(String capture) {
    assertIgnored(capture, "the default branch gets no environment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"23-push", "25-push", "26-delete"})
  void aTagMakesNothing(String capture) {
    assertIgnored(capture, "a tag gets no environment");
  }

  @Test
  void aRepeatedDeliveryHasTheSameEventIdAndAnotherOneHasNot() {
    deliver("04-push");
    deliver("04-push");
    deliver("06-push");

    assertThat(running.publisher().messages()).extracting(Message::id).satisfies(ids -> {
      assertThat(ids.get(0)).isEqualTo(ids.get(1));
      assertThat(ids.get(0)).isNotEqualTo(ids.get(2));
    });
  }

  private void assertIgnored(String capture, String reason) {
    Sender.Reply reply = deliver(capture);

    assertThat(reply.code()).as(reply.reason()).isEqualTo(202);
    assertThat(reply.status()).isEqualTo("ignored");
    assertThat(reply.reason()).isEqualTo(reason);
    assertThat(running.publisher().messages()).isEmpty();
  }

  private Sender.Reply deliver(String name) {
    Capture capture = Capture.gitea(name);
    return running.sender().post("/webhooks/shop", capture.headers(), BodyPublishers.ofString(capture.body()));
  }

  private static Request pushed(String branch, String commit, boolean created) {
    return new Request.BranchPushed(origin(branch), new Commit(commit), created, false, "spiker");
  }

  private static Request updated(String branch, String head, long number) {
    return new Request.ChangeUpdated(origin(branch), new Commit(head), GitRef.ofBranch("main"), number, Set.of(), "spiker");
  }

  private static Request merged(String branch, String head, long number) {
    return new Request.ChangeMerged(origin(branch), new Commit(head), GitRef.ofBranch("main"), number, "spiker");
  }

  private static Origin origin(String branch) {
    return Origin.ofBranch(TestConfig.GITEA, GitRef.ofBranch(branch));
  }
}
