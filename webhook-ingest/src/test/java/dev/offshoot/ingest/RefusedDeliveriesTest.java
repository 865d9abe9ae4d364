package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.Secret;
import dev.offshoot.event.Message;

class RefusedDeliveriesTest {
  private static final String HOOK = "/webhooks/site";
  private static final String PUSH = GitHubPayloads.push("refs/heads/feature/x").toString();
  private final RunningIngest running = RunningIngest.start();

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void aWrongSignatureIsRefused() {
    assertRefused(deliver(PUSH, signed(PUSH, new Secret("guessed"))), 401,
        "the signature fits none of this hook's secrets");
  }

  @ParameterizedTest
  @MethodSource("notSignatures")
  void whatIsNoSignatureIsRefused(String signature) {
    assertRefused(deliver(PUSH, with(signed(PUSH), "X-Hub-Signature-256", signature)), 401, "the signature fits none");
  }

  static Stream<String> notSignatures() {
    String hex = Sender.hmac(PUSH.getBytes(StandardCharsets.UTF_8), TestConfig.SECRET);
    return Stream.of("sha256=", "sha256=" + hex.substring(1), "sha256=" + hex + "00", hex, "sha1=" + hex, "sha256="
        + "z".repeat(64));
  }

  @Test
  void aDeliveryWithoutASignatureIsRefused() {
    Map<String, String> unsigned = signed(PUSH);
    unsigned.remove("X-Hub-Signature-256");

    assertRefused(deliver(PUSH, unsigned), 401, "the signature fits none");
  }

  @Test
  void aSignatureOfAnotherBodyIsRefused() {
    assertRefused(deliver(PUSH + " ", signed(PUSH)), 401, "the signature fits none");
  }

  @Test
  void giteasSignatureIsRefusedForAWrongSecretAndWhenEmpty() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Map<String, String> wrong = with(new HashMap<>(Sender.giteaHeaders("push", body)), "X-Gitea-Signature",
        Sender.hmac(body, new Secret("guessed")));
    assertRefused(running.sender().post("/webhooks/shop", wrong, BodyPublishers.ofByteArray(body)), 401,
        "the signature fits none");

    Map<String, String> empty = with(wrong, "X-Gitea-Signature", "");
    assertRefused(running.sender().post("/webhooks/shop", empty, BodyPublishers.ofByteArray(body)), 401,
        "the signature fits none");
  }

  @Test
  void theSecondActiveSecretIsAccepted() {
    Sender.Reply reply = deliver(PUSH, signed(PUSH, TestConfig.NEXT_SECRET));

    assertThat(reply.code()).as(reply.reason()).isEqualTo(202);
    assertThat(running.publisher().messages()).hasSize(1);
  }

  @Test
  void aDeliveryAboutAnotherRepositoryIsRefused() {
    String other = GitHubPayloads.about(GitHubPayloads.push("refs/heads/x"), "mallory/site").toString();

    assertRefused(deliver(other, signed(other)), 403,
        "this hook is for acme/site and the delivery is about another repository");
  }

  @Test
  void anAnnouncedBodyThatIsTooLargeIsRefused() {
    String large = "x".repeat(RunningIngest.BODY_LIMIT + 1);

    assertRefused(deliver(large, signed(large)), 413, "a delivery may have 65536 bytes");
  }

  @Test
  void aStreamedBodyThatIsTooLargeIsRefused() {
    byte[] large = "x".repeat(RunningIngest.BODY_LIMIT + 1).getBytes(StandardCharsets.UTF_8);
    Sender.Reply reply = running.sender()
        .post(HOOK, signed("x"), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

    assertRefused(reply, 413, "a delivery may have 65536 bytes");
  }

  @Test
  void aBodyOfExactlyTheLimitIsTaken() {
    String body = PUSH + " ".repeat(RunningIngest.BODY_LIMIT - PUSH.getBytes(StandardCharsets.UTF_8).length);

    assertThat(deliver(body, signed(body)).code()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"", "not JSON", "{", "{\"ref\":}", "{} {}", "{\"a\":1,\"a\":2}", "\u0000", "{\"a\":NaN}", "{'a':1}"})
  void whatIsNotOneJsonDocumentIsRefused(String body) {
    Sender.Reply reply = deliver(body, signed(body));

    assertThat(reply.code()).isEqualTo(400);
    assertThat(reply.reason()).containsAnyOf("the body is not one JSON document", "The body is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "1", "\"push\"", "true"})
  void jsonThatIsNoObjectIsRefused(String body) {
    assertRefused(deliver(body, signed(body)), 400, "The body is not a JSON object");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);

    assertRefused(deliver(deep, signed(deep)), 400, "at most 64 deep");
  }

  @Test
  void aHugeNumberIsRefused() {
    String huge = "{\"a\":" + "9".repeat(5000) + "}";

    assertRefused(deliver(huge, signed(huge)), 400, "the body is not one JSON document");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "application/jsonp", "application", ";"})
  void anotherContentTypeIsRefused(String type) {
    assertRefused(deliver(PUSH, with(signed(PUSH), "Content-Type", type)), 415, "a delivery must be application/json");
  }

  @Test
  void aContentTypeWithACharsetIsTaken() {
    assertThat(deliver(PUSH, with(signed(PUSH), "Content-Type", "Application/JSON; charset=utf-8")).code())
        .isEqualTo(202);
  }

  @Test
  void aCompressedBodyIsRefused() {
    assertRefused(deliver(PUSH, with(signed(PUSH), "Content-Encoding", "gzip")), 415,
        "a delivery must not be compressed");
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"/webhooks/unknown", "/webhooks/SITE", "/webhooks/..%2f..%2fetc", "/webhooks/%0d%0aX", "/webhooks/%F0%9F%9A%80"})
  void anUnknownHookIsNotFound(String path) {
    assertRefused(running.sender().post(path, signed(PUSH), BodyPublishers.ofString(PUSH)), 404, "no such hook");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/webhooks", "/webhooks/", "/webhooks/site/x", "/webhook/site"})
  void anotherPathIsNotFound(String path) {
    assertRefused(running.sender().post(path, signed(PUSH), BodyPublishers.ofString(PUSH)), 404, "nothing is here");
  }

  @Test
  void aHookIsOnlyPostedTo() {
    assertRefused(running.sender().get(HOOK), 405, "deliveries are POSTed to /webhooks/{hook}");
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"/ref", "/after", "/created", "/deleted", "/forced", "/pusher", "/pusher/name", "/repository"})
  void aPushWithoutAFieldIsRefusedByItsPath(String field) {
    assertNamesTheField("push", GitHubPayloads.push("refs/heads/x"), field);
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"/action", "/pull_request", "/pull_request/merged", "/pull_request/number", "/pull_request/head",
      "/pull_request/head/ref", "/pull_request/head/sha", "/pull_request/base", "/pull_request/base/ref",
          "/sender/login"})
  void aMergeWithoutAFieldIsRefusedByItsPath(String field) {
    assertNamesTheField("pull_request", GitHubPayloads.closed("x", true), field);
  }

  @Test
  void aMissingEventHeaderIsRefused() {
    Map<String, String> headers = signed(PUSH);
    headers.remove("X-GitHub-Event");

    assertRefused(deliver(PUSH, headers), 400, "The header X-GitHub-Event is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space"})
  void aDeliveryIdThatIsNoneIsRefused(String id) {
    assertRefused(deliver(PUSH, with(signed(PUSH), "X-GitHub-Delivery", id)), 400, "The header with the delivery's id");
  }

  @Test
  void aDeliveryWithoutAnIdIsKnownByItsBody() {
    assertThat(deliver(PUSH, with(signed(PUSH), "X-GitHub-Delivery", "")).code()).isEqualTo(202);
    assertThat(deliver(PUSH, with(signed(PUSH), "X-GitHub-Delivery", "")).code()).isEqualTo(202);

    assertThat(running.publisher().messages()).extracting(Message::id).satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
  }

  private void assertNamesTheField(String event, ObjectNode body, String pointer) {
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) body.at(pointer.substring(0, last));
    String path = "$" + pointer.replace('/', '.');
    parent.remove(pointer.substring(last + 1));
    assertRefused(running.sender().github(event, "1", body.toString()), 400, path);
    parent.putArray(pointer.substring(last + 1));
    assertRefused(running.sender().github(event, "1", body.toString()), 400, path);
  }

  private void assertRefused(Sender.Reply reply, int code, String reason) {
    assertThat(reply.code()).as(reply.reason()).isEqualTo(code);
    assertThat(reply.status()).isEqualTo("refused");
    assertThat(reply.reason()).contains(reason);
    assertThat(running.publisher().messages()).isEmpty();
  }

  private Sender.Reply deliver(String body, Map<String, String> headers) {
    return running.sender().post(HOOK, headers, BodyPublishers.ofString(body));
  }

  private static Map<String, String> signed(String body) {
    return signed(body, TestConfig.SECRET);
  }

  private static Map<String, String> signed(String body, Secret secret) {
    return new HashMap<>(Sender.githubHeaders("push", "1", body.getBytes(StandardCharsets.UTF_8), secret));
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    headers.put(name, value);
    return headers;
  }
}
