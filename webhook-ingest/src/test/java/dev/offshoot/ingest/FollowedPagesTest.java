package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.event.Request;

/** Who does what a page of docs/git-hosts says has a working webhook; who does something else has not. */
class FollowedPagesTest {
  private static final Set<Class<?>> ALL = Set.of(Request.BranchPushed.class, Request.BranchDeleted.class, Request.ChangeUpdated.class,
      Request.ChangeMerged.class, Request.ChangeClosed.class);
  private static final Map<String, String> ENVIRONMENT = Map.of("SHOP_WEBHOOK_SECRET", TestConfig.SECRET.reveal());

  /**
   * What came of following a page.
   *
   * @param refused what was not accepted, by the answer's code
   * @param heard which kinds of requests were published
   */
  private record Followed(List<String> refused, Set<Class<?>> heard) {}

  private static Followed follow(GitHostName host, HostPage page) {
    List<String> refused = new ArrayList<>();
    try (RunningIngest running = configured(page)) {
      for (HostDialog.Sent sent : HostDialogs.of(host).deliveries(page.fields())) {
        Sender.Reply reply = running.sender().post(sent.path(), sent.headers(), BodyPublishers.ofString(sent.body()));
        if (reply.code() != 202 || !reply.status().equals("accepted")) {
          refused.add(reply.code() + " " + reply.reason());
        }
      }
      return new Followed(refused, running.publisher().requests().stream().map(Object::getClass).collect(Collectors.toSet()));
    }
  }

  private static RunningIngest configured(HostPage page) {
    OffshootConfig config = page.configuration(ENVIRONMENT);
    return RunningIngest.start(config, ServerLimits.of(config.workers().webhooks().bodyLimitBytes()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void whoFollowsThePageHasAWorkingWebhook(GitHostName host) {
    Set<Class<?>> all = host == GitHostName.BITBUCKET_CLOUD
        ? ALL.stream().filter(kind -> kind != Request.ChangeUpdated.class).collect(Collectors.toSet()) : ALL;

    assertThat(follow(host, HostPage.of(host))).isEqualTo(new Followed(List.of(), all));
  }

  /** What a page could say wrongly: the words, and others in their place. */
  private static Stream<List<String>> slips(GitHostName host) {
    Map<String, String> fields = HostPage.of(host).fields();
    String secret = fields.keySet().stream().filter(name -> name.contains("Secret") || name.contains("password")).findFirst().orElseThrow();
    String url = fields.keySet().stream().filter(name -> name.contains("URL")).findFirst().orElseThrow();
    String push = HostPage.bold(String.join(" ", fields.values())).getFirst();
    Stream<List<String>> everywhere = Stream.of(
        List.of("/webhooks/shop`", "/hooks/shop`"),
        List.of("/webhooks/shop`", "/webhooks/web`"),
        List.of("| " + url + " |", "| Address |"),
        List.of("**" + push + "**", "*" + push + "*"),
        List.of("**" + push + "**", "**Whatever happens**"),
        List.of("| " + secret + " | the one from", "| " + secret + " | another than that from"),
        List.of("    fullName: " + HostDialogs.of(host).repository(), "    fullName: acme/another"),
        List.of("    host: " + host.key(), "    host: " + (host == GitHostName.GITHUB ? "gitlab" : "github")));
    return host == GitHostName.GITHUB || host == GitHostName.GITEA
        ? Stream.concat(everywhere, Stream.of(List.of("`application/json`", "`application/x-www-form-urlencoded`"))) : everywhere;
  }

  static Stream<Arguments> slips() {
    return Stream.of(GitHostName.values()).filter(host -> host != GitHostName.GENERIC)
        .flatMap(host -> slips(host).map(slip -> Arguments.of(host, slip.get(0), slip.get(1))));
  }

  @ParameterizedTest
  @MethodSource("slips")
  void aPageWhoseWordsAreWrongDoesNotLeadToOne(GitHostName host, String words, String others) {
    HostPage wrong = HostPage.of(host).with(words, others);
    List<Followed> followed = new ArrayList<>();

    Throwable stuck = catchThrowable(() -> followed.add(follow(host, wrong)));

    if (stuck == null) {
      assertThat(followed.getFirst()).matches(came -> !came.refused().isEmpty() || !came.heard().contains(Request.BranchPushed.class));
    } else {
      assertThat(stuck).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Sender.Reply sent(HostPage page, Map<String, String> headers, ObjectNode body) {
    try (RunningIngest running = configured(page)) {
      Map<String, String> all = new HashMap<>(headers);
      all.put("Content-Type", "application/json");
      return running.sender().post("/webhooks/shop", all, BodyPublishers.ofString(body.toString()));
    }
  }

  @Test
  void theFirstDeliveryOfEachIsAnsweredAsItsPageQuotes() {
    HostPage github = HostPage.of(GitHostName.GITHUB);
    HostPage bitbucket = HostPage.of(GitHostName.BITBUCKET_DATA_CENTER);
    ObjectNode ping = GitHubPayloads.about(JsonNodeFactory.instance.objectNode().put("zen", "x"), "acme/shop");
    ObjectNode test = HostFixtures.BITBUCKET_DATA_CENTER.body("ping");

    assertThat(github.text()).contains('"' + sent(github, signed(HostFixtures.GITHUB, "ping", ping), ping).reason() + '"');
    assertThat(bitbucket.text()).contains(
        '"' + sent(bitbucket, signed(HostFixtures.BITBUCKET_DATA_CENTER, "diagnostics:ping", test), test).reason() + '"');
  }

  private static Map<String, String> signed(HostFixture host, String hint, ObjectNode body) {
    return host.signing().headers(hint, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void azureDevOpsIsAnsweredAsItsPageSaysWhenItTestsAndWhenItLeavesDetailsOut() {
    HostPage page = HostPage.of(GitHostName.AZURE_DEVOPS);
    ObjectNode madeUp = HostFixtures.AZURE_DEVOPS.body("push");
    madeUp.withObject("/resource/repository").put("name", "Fabrikam-Fiber-Git");
    ObjectNode minimal = HostFixtures.AZURE_DEVOPS.body("push");
    minimal.withObject("/resource").removeAll().put("pushId", 14);
    Map<String, String> login = HostFixtures.AZURE_DEVOPS.signing().headers("", new byte[0]);

    assertThat(page.text()).contains("which is answered 403", "deliveries are answered 400", "`X-Offshoot-Secret: <secret>`");
    assertThat(sent(page, login, madeUp).code()).isEqualTo(403);
    assertThat(sent(page, login, minimal).code()).isEqualTo(400);
    assertThat(sent(page, Map.of("X-Offshoot-Secret", TestConfig.SECRET.reveal()), HostFixtures.AZURE_DEVOPS.body("push")).code())
        .isEqualTo(202);
  }

  @Test
  void aGitLabThatSignsIsUnderstoodWithItsSigningTokenUnderSecrets() {
    HostPage page = HostPage.of(GitHostName.GITLAB);
    ObjectNode push = HostFixtures.GITLAB.body("push");
    push.withObject("/project").put("path_with_namespace", "acme/web/shop");
    byte[] body = push.toString().getBytes(StandardCharsets.UTF_8);
    String token = "whsec_" + Base64.getEncoder().encodeToString(TestConfig.SECRET.bytes());
    OffshootConfig config = page.configuration(Map.of("SHOP_WEBHOOK_SECRET", token));
    Map<String, String> headers = new HashMap<>(HostFixtures.standard("1", RunningIngest.NOW.getEpochSecond(), body));
    headers.put("Content-Type", "application/json");

    try (RunningIngest running = RunningIngest.start(config, ServerLimits.of(65_536))) {
      assertThat(running.sender().post("/webhooks/shop", headers, BodyPublishers.ofByteArray(body)).code()).isEqualTo(202);
    }
  }

  @Test
  void theGenericPagesScriptSendsEveryHeaderOfItsTable() {
    String page = HostPage.of(GitHostName.GENERIC).text();
    String script = page.substring(page.indexOf("```sh"));
    List<String> headers = page.lines().filter(line -> line.startsWith("| `")).map(line -> HostPage.code(line).getFirst()).toList();

    assertThat(headers).hasSize(4).allSatisfy(header -> assertThat(script).contains("-H", header + ": "));
    assertThat(HostPage.of(GitHostName.GENERIC).configuration(ENVIRONMENT).repositories()).hasSize(1);
  }
}
