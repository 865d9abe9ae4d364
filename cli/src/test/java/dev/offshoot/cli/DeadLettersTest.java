package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Phase;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.KafkaClients;

/** Real dead letters of real workers, and what a person does about them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private RunningShop shop;

  @BeforeAll
  void theSystemRuns(@TempDir Path folder) throws Exception {
    shop = RunningShop.start(folder, "letters", folder.resolve("kafka"));
  }

  @AfterAll
  void theSystemStops() {
    shop.close();
  }

  /** The open letter of a key. */
  private JsonNode letterOf(String environment) {
    return Eventually.await("a dead letter of " + environment, SOON,
        () -> letters().stream().filter(l -> l.path("environment").asText().equals(environment)).findFirst(),
        found -> found.isPresent()).orElseThrow();
  }

  private List<JsonNode> letters(String... options) throws Exception {
    String[] words = {"dead-letters", "list", "--json"};
    RunningShop.Ran ran = shop.run(options.length == 0 ? words : new String[] {"dead-letters", "list", "--json", options[0]});
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.json().valueStream().toList();
  }

  private void poison(String key) throws Exception {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>("offshoot.requests", key,
        "\u0000no event\u00ff".getBytes(StandardCharsets.ISO_8859_1));
    record.headers().add("offshoot_dead_letter_settles", "0-0".getBytes(StandardCharsets.UTF_8));
    try (var producer = KafkaClients.producer(shop.config().kafka())) {
      producer.send(record).get();
    }
  }

  @Test
  void whatCannotBeReadIsListedShownAndDiscardedButNotRetried() throws Exception {
    poison("junk");
    String letter = letterOf("junk").path("letter").asText();

    RunningShop.Ran shown = shop.run("dead-letters", "show", letter);
    assertThat(shown.out()).contains("provisioner", "offshoot.requests", "\\x00no event\\xff");
    RunningShop.Ran refused = shop.run("dead-letters", "retry", letter);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("refused", "no event");

    assertThat(shop.run("dead-letters", "discard", letter).out()).contains(letter + " discarded");
    assertThat(shop.run("dead-letters", "list").out()).doesNotContain(letter + " ");
    assertThat(shop.run("dead-letters", "list", "--all").out()).contains(letter + " ", "[discarded]");
    assertThat(shop.run("dead-letters", "discard", letter).out()).contains("settled before");
  }

  @Test
  void aFailedMigrationIsTriedAgainByAnAskToTheProvisioner() throws Exception {
    Commit commit = shop.push("feature/late", "V1__late.sql", "INSERT INTO arrives_later VALUES (1);");
    shop.await("feature/late", "failed", s -> s.phase() == Phase.FAILED);
    String environment = shop.environment("feature/late").value();
    JsonNode letter = letterOf(environment);
    assertThat(letter.path("worker").asText()).isEqualTo("migrator");
    assertThat(letter.at("/event/event").asText()).isEqualTo("StoresReady");

    String database = shop.database("feature/late");
    shop.admin(database, "CREATE TABLE arrives_later (id int)");
    shop.admin(database, "GRANT INSERT ON arrives_later TO " + database);
    RunningShop.Ran retried = shop.run("dead-letters", "retry", "--json", letter.path("letter").asText());

    assertThat(retried.status()).as(retried.out() + retried.err()).isZero();
    assertThat(shop.awaitReadyAt("feature/late", commit).incarnation().orElseThrow().number()).isEqualTo(1);
    assertThat(shop.number(database, "SELECT count(*) FROM arrives_later")).isEqualTo(1);
    JsonNode settled = letters("--all").stream()
        .filter(l -> l.path("letter").equals(letter.path("letter"))).findFirst().orElseThrow();
    assertThat(settled.at("/settled/how").asText()).isEqualTo("retried");
    assertThat(settled.at("/settled/request").asText()).isEqualTo(retried.json().path("request").asText())
        .isNotEqualTo(letter.at("/event/id").asText());
    assertThat(shop.run("dead-letters", "retry", letter.path("letter").asText()).out()).contains("it was retried");
  }

  @Test
  void aLetterThatTimeHasOvertakenIsRefused() throws Exception {
    shop.push("feature/moving", "V1__wrong.sql", "CREATE TABEL wrong (id int);");
    shop.await("feature/moving", "failed", s -> s.phase() == Phase.FAILED);
    String letter = letterOf(shop.environment("feature/moving").value()).path("letter").asText();
    Commit fixed = shop.push("feature/moving", "V1__wrong.sql", "CREATE TABLE wrong (id int);");
    shop.awaitReadyAt("feature/moving", fixed);

    RunningShop.Ran retried = shop.run("dead-letters", "retry", letter);

    assertThat(retried.status()).isEqualTo(1);
    assertThat(retried.out()).contains("refused", "has moved on to " + fixed.brief());
  }

  @Test
  void aRequestIsMadeAgainUnderANewIdWithTheOldAsItsCause() throws Exception {
    Message request = shop.say(new Request.CreateRequested(shop.origin("feature/unmade"), Optional.of(
        new Commit("0123456789abcdef0123456789abcdef01234567")), "tester"));
    shop.await("feature/unmade", "failed", s -> s.phase() == Phase.FAILED);
    JsonNode letter = letterOf(shop.environment("feature/unmade").value());

    RunningShop.Ran retried = shop.run("dead-letters", "retry", "--json", letter.path("letter").asText());

    assertThat(retried.status()).as(retried.out()).isZero();
    List<JsonNode> asked = shop.run("events", "--requests", "--json", shop.environment("feature/unmade").value()).lines()
        .stream().filter(e -> e.path("event").asText().equals("CreateRequested")).toList();
    assertThat(asked).hasSize(2);
    assertThat(asked.getLast().path("id").asText()).isEqualTo(retried.json().path("request").asText());
    assertThat(asked.getFirst().path("id").asText()).isEqualTo(request.id().value());
  }

  @Test
  void aNameThatIsNoneIsTold() {
    assertThat(shop.run("dead-letters", "show", "nonsense").status()).isEqualTo(1);
    assertThat(shop.run("dead-letters", "show", "3-99999999").err()).contains("There is no dead letter 3-99999999");
    assertThat(shop.run("dead-letters", "retry").status()).isEqualTo(2);
    assertThat(shop.run("dead-letters", "retry", "--all", "--rate", "0").err()).contains("5/s");
  }
}
