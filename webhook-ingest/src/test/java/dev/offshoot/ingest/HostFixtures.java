package dev.offshoot.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.offshoot.config.GitHostName;

/** How each git host signs. Written here once more, not taken from the hosts' own code. */
final class HostFixtures {
  static final HostFixture GITLAB = new HostFixture(GitHostName.GITLAB, "gitlab", "acme/shop", (hint, _) -> Map.of(
      "X-Gitlab-Event", hint, "X-Gitlab-Token", TestConfig.SECRET.reveal(), "Idempotency-Key", "1"));
  static final HostFixture BITBUCKET_CLOUD = new HostFixture(GitHostName.BITBUCKET_CLOUD, "bitbucket-cloud", "acme/shop",
      (hint, body) -> Map.of("X-Event-Key", hint, "X-Request-UUID", "1", "X-Hub-Signature", hub(body)));
  static final HostFixture BITBUCKET_DATA_CENTER = new HostFixture(GitHostName.BITBUCKET_DATA_CENTER, "bitbucket-data-center",
      "ACME/shop", (hint, body) -> Map.of("X-Event-Key", hint, "X-Request-Id", "1", "X-Hub-Signature", hub(body)));
  static final HostFixture AZURE_DEVOPS = new HostFixture(GitHostName.AZURE_DEVOPS, "azure-devops", "Acme Web/shop",
      (_, _) -> Map.of("Authorization", basic("anyone:" + TestConfig.SECRET.reveal())));
  static final HostFixture GENERIC =
      new HostFixture(GitHostName.GENERIC, "generic", "acme/shop", (_, body) -> standard("1", RunningIngest.NOW.getEpochSecond(), body));
  static final HostFixture GITHUB = new HostFixture(GitHostName.GITHUB, "github", "Codertocat/Hello-World",
      (hint, body) -> Sender.githubHeaders(hint, "1", body, TestConfig.SECRET));
  static final List<HostFixture> ALL = List.of(GITLAB, BITBUCKET_CLOUD, BITBUCKET_DATA_CENTER, AZURE_DEVOPS, GENERIC, GITHUB);

  private HostFixtures() {}

  static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  /** The three headers of Standard Webhooks. */
  static Map<String, String> standard(String id, long seconds, byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes((id + '.' + seconds + '.').getBytes(StandardCharsets.UTF_8));
    content.writeBytes(body);
    byte[] mac = HexFormat.of().parseHex(Sender.hmac(content.toByteArray(), TestConfig.SECRET));
    return Map.of("webhook-id", id, "webhook-timestamp", String.valueOf(seconds),
        "webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac));
  }

  private static String hub(byte[] body) {
    return "sha256=" + Sender.hmac(body, TestConfig.SECRET);
  }
}
