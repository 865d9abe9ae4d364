package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Request;

class GitHubDeliveriesTest {
  private static final String BRANCH = "feature/new_cool_page";
  private static final Commit TIP = new Commit(GitHubPayloads.AFTER);
  private final RunningIngest running = RunningIngest.start();

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void aPushBecomesABranchPushed() {
    ObjectNode push = GitHubPayloads.push("refs/heads/" + BRANCH).put("created", true)
        .put("before", GitHubPayloads.ZEROS);

    assertThat(accepted("push", push)).isEqualTo(new Request.BranchPushed(origin(BRANCH), TIP, true, false, "kim"));
  }

  @Test
  void aForcedPushSaysSo() {
    ObjectNode push = GitHubPayloads.push("refs/heads/" + BRANCH).put("forced", true);

    assertThat(accepted("push", push)).isEqualTo(new Request.BranchPushed(origin(BRANCH), TIP, false, true, "kim"));
  }

  @Test
  void aPushThatDeletesBecomesABranchDeleted() {
    ObjectNode push = GitHubPayloads.push("refs/heads/" + BRANCH).put("deleted", true)
        .put("after", GitHubPayloads.ZEROS);

    assertThat(accepted("push", push)).isEqualTo(new Request.BranchDeleted(origin(BRANCH), "kim"));
  }

  @Test
  void aMergeBecomesAChangeMergedOfItsHead() {
    assertThat(accepted("pull_request", GitHubPayloads.closed(BRANCH, true)))
        .isEqualTo(new Request.ChangeMerged(origin(BRANCH), TIP, GitRef.ofBranch("main"), 7, "kim"));
  }

  @Test
  void aCloseWithoutAMergeBecomesAChangeClosed() {
    assertThat(accepted("pull_request", GitHubPayloads.closed(BRANCH, false)))
        .isEqualTo(new Request.ChangeClosed(origin(BRANCH), 7, "kim"));
  }

  @Test
  void aChangeOfAForkIsIgnored() {
    ObjectNode fork = GitHubPayloads.closed(BRANCH, true);
    fork.withObject("/pull_request/head/repo").put("full_name", "mallory/site");

    assertIgnored("pull_request", fork, "the change comes from a fork, whose branches get no environment");
  }

  @Test
  void aChangeOfADeletedForkIsIgnored() {
    ObjectNode fork = GitHubPayloads.closed(BRANCH, true);
    fork.withObject("/pull_request/head").putNull("repo");

    assertIgnored("pull_request", fork, "the change comes from a fork, whose branches get no environment");
  }

  @Test
  void aChangeFromTheDefaultBranchIsIgnored() {
    assertIgnored("pull_request", GitHubPayloads.closed("main", true), "the default branch gets no environment");
  }

  @Test
  void aPushOfATagIsIgnored() {
    assertIgnored("push", GitHubPayloads.push("refs/tags/v1"), "a tag gets no environment");
  }

  @Test
  void aPingIsAnswered() {
    assertIgnored("ping",
        GitHubPayloads.about(GitHubPayloads.object().put("zen", "Keep it logically awesome."), "acme/site"),
        "a ping: the webhook works");
  }

  @Test
  void anEventWithoutARepositoryIsIgnored() {
    assertIgnored("organization", GitHubPayloads.object().put("action", "member_added"),
        "only push and pull_request events are used: deselect the others at the git host");
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"feature/';DROP-DATABASE-x;--", "\"$(reboot)\"", "-rf", "%2e%2e/%00", "<script>", "FEATURE/X", "@", "a@b",
      "nul", "ünï-#2"})
  void aStrangeNameThatGitAllowsIsTakenAsItIs(String branch) {
    Request request = accepted("push", GitHubPayloads.push("refs/heads/" + branch));

    assertThat(request.origin().ref().branch()).isEqualTo(branch);
  }

  @Test
  void aBranchOf250BytesOfEmojiIsTakenAsItIs() {
    String branch = "🚀".repeat(62) + "ab";
    assertThat(branch.getBytes(StandardCharsets.UTF_8)).hasSize(250);

    assertThat(accepted("push", GitHubPayloads.push("refs/heads/" + branch)).origin().ref().branch()).isEqualTo(branch);
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"'; DROP DATABASE x;--", "a..b", "a\nb", "a\u0000b", "a\u007fb", "../etc/passwd", "x.lock", "a~1", "a^", "a:b",
      "a?", "a*", "[a", "a\\b", "a//b", "a/", "/a", "a.", ".a", "a@{b", "", "\ud800"})
  void aNameThatGitCannotHaveIsRefused(String branch) {
    Sender.Reply reply = deliver("push", GitHubPayloads.push("refs/heads/" + branch));

    assertThat(reply.code()).as(reply.reason()).isEqualTo(400);
    assertThat(reply.reason())
        .isEqualTo("$.ref is not a name that git allows for a ref. Send the git host's own payload unchanged.");
    assertThat(running.publisher().messages()).isEmpty();
  }

  @Test
  void anActorsNameIsMadeFitToBeShown() {
    ObjectNode push = GitHubPayloads.push("refs/heads/" + BRANCH);
    push.withObject("/pusher").put("name", "kim\u001b[31m\n\u202e" + "x".repeat(500));

    assertThat(accepted("push", push)).isInstanceOfSatisfying(Request.BranchPushed.class,
        pushed -> assertThat(pushed.actor()).startsWith("kim?[31m??x").hasSize(100));
  }

  @Test
  void aDeliveryThatIsTracedStartsItsChainInThatTrace() {
    deliverTraced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    deliverTraced("00-00000000000000000000000000000000-00f067aa0ba902b7-01");

    assertThat(running.publisher().messages().getFirst().chain()).hasToString("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
    assertThat(running.publisher().messages().getLast().chain())
        .as("what is not valid is passed over").isNotEqualTo(new UUID(0, 0));
  }

  private void deliverTraced(String traceparent) {
    byte[] body = GitHubPayloads.push("refs/heads/" + BRANCH).toString().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>(Sender.githubHeaders("push", UUID.randomUUID().toString(), body, TestConfig.SECRET));
    headers.put("traceparent", traceparent);

    assertThat(running.sender().post("/webhooks/site", headers, BodyPublishers.ofByteArray(body)).status()).isEqualTo("accepted");
  }

  private Request accepted(String event, ObjectNode body) {
    Sender.Reply reply = deliver(event, body);
    assertThat(reply.code()).as(reply.reason()).isEqualTo(202);
    assertThat(reply.status()).isEqualTo("accepted");
    assertThat(running.publisher().requests()).hasSize(1);
    return running.publisher().requests().getFirst();
  }

  private void assertIgnored(String event, ObjectNode body, String reason) {
    Sender.Reply reply = deliver(event, body);
    assertThat(reply.code()).as(reply.reason()).isEqualTo(202);
    assertThat(reply.status()).isEqualTo("ignored");
    assertThat(reply.reason()).isEqualTo(reason);
    assertThat(running.publisher().messages()).isEmpty();
  }

  private Sender.Reply deliver(String event, ObjectNode body) {
    return running.sender().github(event, "72d3162e-cc78-11e3-81ab-4c9367dc0958", body.toString());
  }

  private static Origin origin(String branch) {
    return Origin.ofBranch(TestConfig.GITHUB, GitRef.ofBranch(branch));
  }
}
