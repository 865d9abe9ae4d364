package dev.offshoot.ingest;

import static dev.offshoot.ingest.HostFixture.BRANCH;
import static dev.offshoot.ingest.HostFixture.ODD;
import static dev.offshoot.ingest.HostFixture.TIP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.environment.CommitPrefix;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

class BitbucketCloudDeliveriesTest {
  private static final HostFixture HOST = HostFixtures.BITBUCKET_CLOUD;
  private static final String PUSH = "repo:push";

  @Test
  void aPushACreationAForceAndADeletionAreToldApart() {
    assertThat(HOST.requests("push", PUSH)).containsExactly(HostFixture.pushed(BRANCH, TIP, false, false));
    assertThat(HOST.requests("push-created", PUSH)).containsExactly(HostFixture.pushed(BRANCH, TIP, true, false));
    assertThat(HOST.requests("push-forced", PUSH)).containsExactly(HostFixture.pushed(BRANCH, TIP, false, true));
    assertThat(HOST.requests("push-deleted", PUSH)).containsExactly(HostFixture.deleted(BRANCH));
  }

  @Test
  void onePushOfManyRefsBecomesARequestForEachBranchThatCanHaveAnEnvironment() {
    assertThat(HOST.requests("push-many", PUSH)).containsExactly(HostFixture.pushed(BRANCH, TIP, true, false),
        HostFixture.deleted("fix/ünï-#2"), HostFixture.pushed("squash/me", ODD, false, true));
  }

  @Test
  void theEventsOfOneDeliveryHaveIdsOfTheirOwnAndTheSameOnesWhenItIsSentAgain() {
    var first = HOST.messages(HOST.body("push-many"), PUSH).stream().map(Message::id).toList();
    var again = HOST.messages(HOST.body("push-many"), PUSH).stream().map(Message::id).toList();

    assertThat(Set.copyOf(first)).hasSize(3);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void aBranchKeepsItsEventIdWhenTheDeliveryIsSentAgainAndNamesFewer() {
    ObjectNode fewer = HOST.body("push-many");
    fewer.withObject("/push").withArray("changes").remove(1);

    assertThat(HOST.messages(fewer, PUSH)).extracting(Message::id)
        .isEqualTo(HOST.messages(HOST.body("push-many"), PUSH).stream().skip(1).map(Message::id).toList());
  }

  @Test
  void aListThatWasCutIsTakenForWhatItSays() {
    assertThat(HOST.requests("push-truncated", PUSH)).containsExactly(HostFixture.pushed(BRANCH, TIP, false, false));
  }

  @Test
  void aMergeIsOneOfTheTwelveDigitsThatBitbucketSays() {
    assertThat(HOST.requests("pullrequest-fulfilled", "pullrequest:fulfilled")).containsExactly(new Request.ChangeMerged(
        HostFixture.origin(BRANCH), new CommitPrefix("2a1d3c8bae4f"), HostFixture.MAIN, 7, "kim"));
  }

  @Test
  void aDeclineIsAChangeClosed() {
    assertThat(HOST.requests("pullrequest-rejected", "pullrequest:rejected")).containsExactly(HostFixture.closed());
  }

  @ParameterizedTest
  @CsvSource({"push-tag,repo:push,a tag gets no environment", "push-default,repo:push,the default branch gets no environment",
      "pullrequest-fork-fulfilled,pullrequest:fulfilled,'the change comes from a fork, whose branches get no environment'",
      "push,repo:commit_status_created,'only pushes, merges and declines are used: deselect the others at the git host'"})
  void whatGetsNoEnvironmentIsIgnored(String fixture, String event, String reason) {
    assertThat(HOST.ignored(fixture, event)).isEqualTo(reason);
  }

  @Test
  void aHeaderThatTheSignatureDoesNotCoverCannotMakeAMergeOfAnOpenChange() {
    Answer answer = HOST.answered(HOST.body("pullrequest-created"), "pullrequest:fulfilled");

    assertThat(answer.verdict()).isEqualTo(Verdict.MALFORMED);
    assertThat(answer.reason()).contains("$.pullrequest.state");
  }
}
