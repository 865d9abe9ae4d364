package dev.offshoot.ingest;

import static dev.offshoot.ingest.HostFixture.BRANCH;
import static dev.offshoot.ingest.HostFixture.TIP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitLabDeliveriesTest {
  private static final HostFixture HOST = HostFixtures.GITLAB;
  private static final String PUSH = "Push Hook";
  private static final String CHANGE = "Merge Request Hook";

  @Test
  void aPushACreationAndADeletionAreToldApartByTheirZeros() {
    assertThat(HOST.requests("push", PUSH)).containsExactly(HostFixture.pushed(BRANCH, TIP, false, false));
    assertThat(HOST.requests("push-created", PUSH)).containsExactly(HostFixture.pushed(BRANCH, TIP, true, false));
    assertThat(HOST.requests("push-deleted", PUSH)).containsExactly(HostFixture.deleted(BRANCH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge_commit_sha", "squash_commit_sha", "neither, as a fast-forward leaves it"})
  void aMergeIsOneHoweverItWasMade(String field) {
    ObjectNode merge = HOST.body("merge-request-merged");
    ObjectNode attributes = merge.withObject("/object_attributes").putNull("merge_commit_sha");
    if (attributes.has(field)) {
      attributes.put(field, "4c3f5eadc0617283940516b7d8e9f0a1b2c33445");
    }

    assertThat(HOST.messages(merge, CHANGE)).extracting(message -> (Object) message.event()).containsExactly(HostFixture.merged());
  }

  @Test
  void aCloseWithoutAMergeIsAChangeClosed() {
    assertThat(HOST.requests("merge-request-closed", CHANGE)).containsExactly(HostFixture.closed());
  }

  @Test
  void anOpenedChangeAndOneWithOtherLabelsOrCommitsIsAChangeUpdated() {
    assertThat(HOST.requests("merge-request-opened", CHANGE)).containsExactly(HostFixture.updated("environment"));
    assertThat(HOST.requests("merge-request-labelled", CHANGE)).containsExactly(HostFixture.updated("environment", "api"));
    assertThat(HOST.requests("merge-request-updated", CHANGE)).as("with an oldrev").containsExactly(HostFixture.updated("environment"));
  }

  @Test
  void anotherTitleIsNoReasonToLookAtTheBranch() {
    ObjectNode retitled = HOST.body("merge-request-updated");
    retitled.withObject("/object_attributes").remove("oldrev");

    assertThat(HOST.answered(retitled, CHANGE).verdict()).isEqualTo(Verdict.IGNORED);
  }

  @ParameterizedTest
  @CsvSource({"merge,opened", "merge,locked", "close,opened", "approved,opened"})
  void anActionThatTheStateDoesNotBearOutIsIgnored(String action, String state) {
    ObjectNode change = HOST.body("merge-request-merged");
    change.withObject("/object_attributes").put("action", action).put("state", state);

    assertThat(HOST.answered(change, CHANGE).verdict()).isEqualTo(Verdict.IGNORED);
  }

  @ParameterizedTest
  @CsvSource({"tag,a tag gets no environment", "push-default,the default branch gets no environment",
      "merge-request-fork-merged,'the change comes from a fork, whose branches get no environment'"})
  void whatGetsNoEnvironmentIsIgnored(String fixture, String reason) {
    assertThat(HOST.ignored(fixture, CHANGE)).isEqualTo(reason);
  }

  @Test
  void aChangeOfAForkThatIsGoneIsIgnored() {
    ObjectNode merge = HOST.body("merge-request-merged");
    merge.withObject("/object_attributes").putNull("source_project_id");

    assertThat(HOST.answered(merge, CHANGE).reason()).isEqualTo("the change comes from a fork, whose branches get no environment");
  }

  @Test
  void whichEventItIsStandsInTheBodyAndNotInTheHeader() {
    assertThat(HOST.requests("push-deleted", CHANGE)).containsExactly(HostFixture.deleted(BRANCH));
  }

  @Test
  void theSignatureOfStandardWebhooksIsTakenInsteadOfTheToken() {
    byte[] body = HOST.body("push").toString().getBytes(StandardCharsets.UTF_8);

    assertThat(HOST.read(HostFixtures.standard("a", RunningIngest.NOW.getEpochSecond(), body), body))
        .isInstanceOf(DeliveryReader.Reading.Publish.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "It's a Secret to Everybod", "It's a Secret to Everybody!", "it's a secret to everybody"})
  void anotherTokenIsRefused(String token) {
    byte[] body = HOST.body("push").toString().getBytes(StandardCharsets.UTF_8);

    assertThat(HOST.read(Map.of("X-Gitlab-Token", token), body)).isInstanceOfSatisfying(DeliveryReader.Reading.Answered.class,
        answered -> assertThat(answered.answer().verdict()).isEqualTo(Verdict.UNAUTHENTIC));
  }
}
