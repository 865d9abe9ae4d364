package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whoever has the secret may send anything: it is answered, and never by an error of ours. */
class ArbitraryBytesTest {
  private final RunningIngest running = RunningIngest.start();

  @AfterProperty
  void stop() {
    running.close();
  }

  @Property(tries = 500)
  void bytesWithARightSignatureNeverGiveAnError(@ForAll byte[] body, @ForAll @From("events") String event) {
    assertAnswered(event, body);
  }

  @Property(tries = 1000)
  void aPayloadWithAFieldReplacedNeverGivesAnError(@ForAll @From("mutants") JsonNode body,
      @ForAll @From("events") String event) {
    assertAnswered(event, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of("push", "pull_request", "delete", "create", "ping", "unheard of");
  }

  @Provide
  Arbitrary<JsonNode> mutants() {
    Arbitrary<ObjectNode> payloads =
        Arbitraries.of(GitHubPayloads.push("refs/heads/x"), GitHubPayloads.push("refs/tags/x"),
        GitHubPayloads.closed("x", true), GitHubPayloads.closed("x", false), giteas());
    return Combinators.combine(payloads, Arbitraries.integers().between(0, 1000), values())
        .as(ArbitraryBytesTest::replace);
  }

  private static Arbitrary<JsonNode> values() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return Arbitraries.oneOf(
        Arbitraries.of(json.nullNode(), json.booleanNode(true), json.arrayNode(), json.objectNode()),
        Arbitraries.longs().map(json::numberNode),
        Arbitraries.bigDecimals().map(json::numberNode),
        Arbitraries.strings().map(json::textNode),
        Arbitraries.strings().map(text -> json.textNode("refs/heads/" + text)));
  }

  private static ObjectNode giteas() {
    ObjectNode body = GitHubPayloads.about(GitHubPayloads.object().put("ref", "x").put("ref_type", "branch"),
        "spiker/shop");
    body.put("before", GitHubPayloads.ZEROS).put("after", GitHubPayloads.AFTER).putObject("pusher").put("login", "kim");
    return body;
  }

  private static JsonNode replace(ObjectNode payload, int which, JsonNode value) {
    ObjectNode mutant = payload.deepCopy();
    List<Runnable> replacements = new ArrayList<>();
    collect(mutant, value, replacements);
    replacements.get(which % replacements.size()).run();
    return mutant;
  }

  private static void collect(ObjectNode node, JsonNode value, List<Runnable> replacements) {
    node.properties().forEach(field -> {
      replacements.add(() -> node.set(field.getKey(), value));
      if (field.getValue() instanceof ObjectNode inner) {
        collect(inner, value, replacements);
      }
    });
  }

  private void assertAnswered(String event, byte[] body) {
    for (Sender.Reply reply : List.of(
        running.sender().post("/webhooks/site", Sender.githubHeaders(event, "1", body, TestConfig.SECRET),
            BodyPublishers.ofByteArray(body)),
        running.sender().post("/webhooks/shop", Sender.giteaHeaders(event, body), BodyPublishers.ofByteArray(body)))) {
      assertThat(reply.code()).as(reply.reason()).isIn(202, 400, 403, 413);
      assertThat(reply.reason()).isNotBlank();
    }
  }
}
