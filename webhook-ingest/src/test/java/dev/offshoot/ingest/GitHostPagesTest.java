package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Request;
import dev.offshoot.ingest.delivery.DeliveryId;

/** What docs/git-hosts says is true. */
class GitHostPagesTest {
  private static final Path PAGES = Path.of("../docs/git-hosts");
  private static final RepositoryKey KEY = new RepositoryKey("shop");

  @ParameterizedTest
  @EnumSource(GitHostName.class)
  void everyGitHostHasAPageThatConfiguresItAndIsInTheIndex(GitHostName host) throws IOException {
    String name = host.key();

    assertThat(Files.readString(PAGES.resolve(name + ".md"))).contains("    host: " + name + "\n", "/webhooks/shop");
    assertThat(Files.readString(PAGES.resolve("README.md"))).contains("`" + name + "`", "(" + name + ".md)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs-changed", "refs-created", "refs-deleted", "refs-many", "tag", "change-merged", "change-closed",
      "change-updated", "change-fork-merged", "ping"})
  void ourFixturesOfTheGenericHostFitItsSchema(String fixture) throws IOException {
    assertThat(problems(HostFixtures.GENERIC.body(fixture).toString())).isEmpty();
  }

  @Test
  void whatTheTrialOfAHookSendsFitsTheSchemaToo() throws IOException {
    Hook hook = HostFixtures.GENERIC.hook();

    assertThat(problems(hook.host().deletion(hook.repository(), GitRef.ofBranch("x"), new DeliveryId("1")).body())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data/refs/0/after", "/data/refs/0/ref", "/data/refs", "/data/actor", "/data/repository", "/type"})
  void whatLacksAFieldThatTheParserNeedsDoesNotFitTheSchema(String pointer) throws IOException {
    var body = HostFixtures.GENERIC.body("refs-changed");
    int last = pointer.lastIndexOf('/');
    ((com.fasterxml.jackson.databind.node.ObjectNode) body.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));

    assertThat(problems(body.toString())).isNotEmpty();
    assertThat(HostFixtures.GENERIC.answered(body, "").verdict()).isIn(Verdict.MALFORMED, Verdict.WRONG_REPOSITORY);
  }

  @Test
  void theHookScriptOfThePageDeliversWhatGitTellsIt(@TempDir Path folder) throws Exception {
    assumeThat(Stream.of("sh", "curl", "openssl", "od", "base64").allMatch(GitHostPagesTest::isInstalled)).isTrue();
    Secret secret = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=");
    RepositoryConfig repository = TestConfig.repository(KEY, GitHostName.GENERIC, "acme/shop", List.of(secret));
    Path script = Files.writeString(folder.resolve("post-receive"), scriptOf("generic.md"));
    try (RecordingPublisher publisher = new RecordingPublisher();
        WebhookIngest ingest = WebhookIngest.start(TestConfig.only(repository), publisher, ServerLimits.of(65_536), Clock.systemUTC())) {
      ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
      builder.environment().put("OFFSHOOT_SECRET", secret.reveal().substring("whsec_".length()));
      builder.environment().put("OFFSHOOT_URL", "http://127.0.0.1:" + ingest.port());
      builder.environment().put("USER", "kim");
      Process process = builder.start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(GitHubPayloads.ZEROS + " " + GitHubPayloads.AFTER + " refs/heads/feature/x\n");
        stdin.write(GitHubPayloads.AFTER + " " + GitHubPayloads.ZEROS + " refs/heads/fix/ünï-#2\n");
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(new JsonMapper().readTree(said).path("requests").asInt()).isEqualTo(2);
      assertThat(publisher.requests()).containsExactly(
          new Request.BranchPushed(origin("feature/x"), new Commit(GitHubPayloads.AFTER), true, false, "kim"),
          new Request.BranchDeleted(origin("fix/ünï-#2"), "kim"));
    }
  }

  private static Origin origin(String branch) {
    return Origin.ofBranch(KEY, GitRef.ofBranch(branch));
  }

  private static String scriptOf(String page) throws IOException {
    return Files.readString(PAGES.resolve(page)).split("```sh\n", 2)[1].split("```", 2)[0];
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static List<String> problems(String body) throws IOException {
    JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(PAGES.resolve("generic.schema.json")));
    return schema.validate(body, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
