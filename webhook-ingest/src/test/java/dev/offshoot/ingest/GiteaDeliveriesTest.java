package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Request;

/** What the captures do not show: payloads written from the documented shapes of Gitea and Forgejo. */
class GiteaDeliveriesTest {
  private static final Origin ORIGIN = Origin.ofBranch(TestConfig.GITEA, GitRef.ofBranch("feature/x"));
  private static final Commit TIP = new Commit(GitHubPayloads.AFTER);
  private final RunningIngest running = RunningIngest.start();

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void forgejosOwnHeadersAreUnderstood() {
    Sender.Reply reply = deliver(push(), body -> Map.of("Content-Type", "application/json", "X-Forgejo-Event", "push",
        "X-Forgejo-Delivery", "1", "X-Forgejo-Signature", Sender.hmac(body, TestConfig.SECRET)));

    assertThat(reply.status()).as(reply.reason()).isEqualTo("accepted");
    assertThat(running.publisher().requests())
        .containsExactly(new Request.BranchPushed(ORIGIN, TIP, true, false, "kim"));
  }

  @Test
  void theSignatureInGitHubsHeaderIsTakenWhereGiteasIsEmpty() {
    Sender.Reply reply = deliver(push(), body -> {
      Map<String, String> headers = new HashMap<>(Sender.giteaHeaders("push", body));
      headers.put("X-Gitea-Signature", "");
      headers.put("X-Hub-Signature-256", "sha256=" + Sender.hmac(body, TestConfig.SECRET));
      return headers;
    });

    assertThat(reply.status()).as(reply.reason()).isEqualTo("accepted");
  }

  @Test
  void aPushOfABranchToZerosIsItsEnd() {
    ObjectNode push = push().put("before", GitHubPayloads.AFTER).put("after", GitHubPayloads.ZEROS);

    assertThat(deliver("push", push).status()).isEqualTo("accepted");
    assertThat(running.publisher().requests()).containsExactly(new Request.BranchDeleted(ORIGIN, "kim"));
  }

  @Test
  void theMergeOfABranchThatIsGoneNamesItByItsLabel() {
    ObjectNode merge = merge();
    merge.withObject("/pull_request/head").put("ref", "refs/pull/7/head").put("label", "feature/x");

    assertThat(deliver("pull_request", merge).status()).isEqualTo("accepted");
    assertThat(running.publisher().requests())
        .containsExactly(new Request.ChangeMerged(ORIGIN, TIP, GitRef.ofBranch("main"), 7, "kim"));
  }

  @Test
  void theMergeOfAForkIsIgnored() {
    ObjectNode merge = merge();
    merge.withObject("/pull_request/head/repo").put("full_name", "mallory/shop");

    assertThat(deliver("pull_request", merge).reason())
        .isEqualTo("the change comes from a fork, whose branches get no environment");
    assertThat(running.publisher().messages()).isEmpty();
  }

  @Test
  void theEndOfTheDefaultBranchIsIgnored() {
    ObjectNode delete = delete().put("ref", "main");

    assertThat(deliver("delete", delete).reason()).isEqualTo("the default branch gets no environment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"issues", "release", "fork", "repository", "package"})
  void anotherEventIsIgnored(String event) {
    Sender.Reply reply = deliver(event, push());

    assertThat(reply.code()).isEqualTo(202);
    assertThat(reply.status()).isEqualTo("ignored");
    assertThat(running.publisher().messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ref", "ref_type", "sender", "repository"})
  void aDeleteWithoutAFieldIsRefusedByItsPath(String field) {
    ObjectNode delete = delete();
    delete.remove(field);

    Sender.Reply reply = deliver("delete", delete);

    assertThat(reply.code()).isEqualTo(400);
    assertThat(reply.reason()).startsWith("$." + field + " must be");
  }

  @Test
  void aDeleteOfANameThatGitCannotHaveIsRefused() {
    assertThat(deliver("delete", delete().put("ref", "a..b")).code()).isEqualTo(400);
  }

  private static ObjectNode push() {
    ObjectNode push = GitHubPayloads.object().put("ref", "refs/heads/feature/x")
        .put("before", GitHubPayloads.ZEROS).put("after", GitHubPayloads.AFTER);
    push.putObject("pusher").put("login", "kim");
    return GitHubPayloads.about(push, "spiker/shop");
  }

  private static ObjectNode delete() {
    return GitHubPayloads.about(GitHubPayloads.object().put("ref", "feature/x").put("ref_type", "branch"),
        "spiker/shop");
  }

  private static ObjectNode merge() {
    ObjectNode merge = GitHubPayloads.about(GitHubPayloads.closed("feature/x", true), "spiker/shop");
    merge.withObject("/pull_request/head/repo").put("full_name", "spiker/shop");
    return merge;
  }

  private Sender.Reply deliver(String event, ObjectNode payload) {
    return deliver(payload, body -> Sender.giteaHeaders(event, body));
  }

  private Sender.Reply deliver(ObjectNode payload, Signing signing) {
    byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
    return running.sender().post("/webhooks/shop", signing.headers(body), BodyPublishers.ofByteArray(body));
  }

  private interface Signing {
    Map<String, String> headers(byte[] body);
  }
}
