package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Phase;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.KafkaClients;

/** What operators do about dead letters, with the history and with environments, of five real workers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private RunningShop shop;

  @BeforeAll
  void theSystemRuns(@TempDir Path folder) throws Exception {
    shop = RunningShop.start(folder, "operated", folder.resolve("kafka"));
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
  void aTrialOfAWebhookIsFollowedToTheProvisionerAndMakesNothing() throws Exception {
    RunningShop.Ran ran = shop.run("hooks", "test", "operated", "--json");

    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.json().path("steps").valueStream().map(step -> step.path("name").asText().split(" to ", -1)[0]))
        .containsExactly("delivered", "on the topic", "answered by the provisioner");
    assertThat(shop.table().of(shop.environment("offshoot-hooks-test")).presence()).isEmpty();
    assertThat(letters()).noneMatch(letter -> letter.path("environment").asText().startsWith("offshoot-hooks-test"));
  }

  @Test
  void aWebhookIsListedWithItsPathAndWhatToSelect() throws Exception {
    JsonNode hook = shop.run("hooks", "list", "--json").json().path(0);

    assertThat(hook.path("path").asText()).isEqualTo("/webhooks/operated");
    assertThat(hook.path("address").asText()).isEqualTo("http://127.0.0.1:" + shop.config().workers().webhooks().port() + "/webhooks/operated");
    assertThat(shop.run("hooks", "list", "--url", "https://hooks.example.com/").out()).contains("https://hooks.example.com/webhooks/operated ");
    assertThat(hook.path("host").asText()).isEqualTo("github");
    assertThat(hook.path("secrets").asInt()).isEqualTo(1);
    assertThat(hook.path("events").valueStream().map(JsonNode::asText)).containsExactly("Pushes", "Pull requests");
  }

  @Test
  void aTrialWhereNobodyListensFailsAndSaysSo() throws Exception {
    RunningShop.Ran ran = shop.run("hooks", "test", "operated", "--url", "http://127.0.0.1:1");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).contains("is webhook-ingest running");
  }

  @Test
  void theDoctorLooksAtEverythingAndFindsNothingThatWouldNotWork() throws Exception {
    RunningShop.Ran ran = shop.run("doctor", "--json");

    List<JsonNode> findings = ran.json().valueStream().toList();
    assertThat(findings).extracting(f -> f.path("subject").asText()).contains("kafka", "stores.postgres", "pg_dump", "disk",
        "staging of operated", "masking of operated", "stores.solr", "Solr's authentication", "stores.redis", "git host of operated");
    assertThat(findings).filteredOn(f -> f.path("level").asText().equals("PROBLEM")).isEmpty();
    assertThat(findings).allSatisfy(f -> assertThat(f.path("remedy").isNull()).isEqualTo(f.path("level").asText().equals("OK")));
    assertThat(ran.status()).isZero();
    assertThat(shop.run("doctor").out()).containsPattern("warning  masking of operated +there is no policy");
  }

  @Test
  void aSnapshotIsListedWithWhatIsKnownOfIt() throws Exception {
    RunningShop.Ran ran = shop.run("snapshot", "list", "--repository", "operated", "--json");

    JsonNode newest = ran.json().path(0);
    assertThat(newest.path("newest").asBoolean()).isTrue();
    assertThat(newest.at("/stores/0/taking/way").asText()).isEqualTo("TEMPLATE_COPY");
    assertThat(newest.at("/stores/0/taking/fingerprint").asText()).matches("[0-9a-f]{64}");
    assertThat(shop.run("snapshot", "list").out()).contains(newest.path("epoch").asText(), "template copy", "newest");
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
  void whatNoDeliveryToldOfIsShownAndThenMadeGood() throws Exception {
    shop.awaitReadyAt("feature/quiet", shop.push("feature/quiet", "V3__quiet.sql", "CREATE TABLE quiet (id int);"));
    Commit untold = shop.pushUntold("feature/quiet", "V4__quieter.sql", "CREATE TABLE quieter (id int);");

    RunningShop.Ran shown = shop.run("reconcile", "--dry-run", "--json");
    assertThat(shown.status()).as(shown.err()).isZero();
    assertThat(shown.json().valueStream().toList()).anySatisfy(row -> {
      assertThat(row.path("branch").asText()).isEqualTo("feature/quiet");
      assertThat(row.path("repair").asText()).isEqualTo("missed-push");
      assertThat(row.path("found").asText()).isEqualTo(untold.id());
      assertThat(row.path("held").asBoolean()).isFalse();
    });
    RunningShop.Ran asked = shop.run("reconcile", "operated");
    assertThat(asked.status()).as(asked.err()).isZero();
    assertThat(asked.out()).contains("feature/quiet", "missed-push", untold.brief(), "was asked");

    shop.awaitReadyAt("feature/quiet", untold);
    assertThat(shop.run("reconcile", "--dry-run").out()).doesNotContain("feature/quiet").contains("Nothing was asked for.");
    assertThat(shop.run("reconcile", "--confirm").status()).as("which repository is not said").isEqualTo(2);
  }

  @Test
  void aFailedMigrationIsTriedAgainByAnAskToTheProvisioner() throws Exception {
    Commit commit = shop.push("feature/late", "V3__late.sql", "INSERT INTO arrives_later VALUES (1);");
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
    shop.push("feature/moving", "V3__wrong.sql", "CREATE TABEL wrong (id int);");
    shop.await("feature/moving", "failed", s -> s.phase() == Phase.FAILED);
    String letter = letterOf(shop.environment("feature/moving").value()).path("letter").asText();
    Commit fixed = shop.push("feature/moving", "V3__wrong.sql", "CREATE TABLE wrong (id int);");
    shop.awaitReadyAt("feature/moving", fixed);

    RunningShop.Ran retried = shop.run("dead-letters", "retry", letter);

    assertThat(retried.status()).isEqualTo(1);
    assertThat(retried.out()).contains("refused", "has moved on to " + fixed.brief());
  }

  @Test
  void aRequestIsMadeAgainUnderANewIdWithTheOldAsItsCause() throws Exception {
    Commit commit = shop.pushUntold("feature/unmade", "V3__unmade.sql", "CREATE TABEL unmade (id int);");
    Message request = shop.say(new Request.CreateRequested(shop.origin("feature/unmade"), Optional.of(commit), "tester"));
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
  void aCreateThatFindsItUnderWayByAnothersRequestWaitsForItsEnd() throws Exception {
    shop.push("feature/told", "V3__told.sql", "SELECT pg_sleep(4);");
    shop.await("feature/told", "migrated", s -> s.phase() == Phase.MIGRATING);

    RunningShop.Ran ran = shop.run("env", "create", "operated", "feature/told");

    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out()).contains("ready");
  }

  @Test
  void whoAsksForWhatCannotBeIsToldWhy() throws Exception {
    RunningShop.Ran nowhere = shop.run("env", "create", "operated", "feature/nope");
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("feature/nope: there is no such branch");

    shop.awaitReadyAt("feature/refused", shop.push("feature/refused", "V3__refused.sql", "CREATE TABLE refused (id int);"));
    RunningShop.Ran there = shop.run("env", "create", "operated", "feature/refused");
    assertThat(there.status()).isZero();
    assertThat(there.err()).contains("Nothing was done: the environment knows of");
    RunningShop.Ran lost = shop.run("env", "create", "operated", "feature/refused", "--commit", "0123456789abcdef0123456789abcdef01234567");
    assertThat(lost.status()).isEqualTo(1);
    assertThat(lost.err()).contains("Nothing was done: ", "0123456789");
    shop.await("feature/refused", "reported", state -> state.report().isPresent());
    RunningShop.Ran unwritten = shop.run("report", "open", "feature/refused", "--to", "/nonexistent/x.html");
    assertThat(unwritten.status()).isEqualTo(1);
    assertThat(unwritten.err()).contains("/nonexistent/x.html", "there is no such folder").doesNotContain("\tat ");
    assertThat(shop.run("env", "destroy", "feature/refused", "--dry-run").err()).contains("Nothing was asked for");
    assertThat(shop.run("env", "destroy", "feature/refused").status()).isZero();
    shop.shop().developer().run("push", "--quiet", "origin", ":feature/refused");
    RunningShop.Ran gone = shop.run("env", "create", "operated", "feature/refused");
    assertThat(gone.status()).isEqualTo(1);
    assertThat(gone.err()).contains("Nothing was done: the branch is gone");
    RunningShop.Ran again = shop.run("env", "destroy", "feature/refused", "--json");
    assertThat(again.status()).isZero();
    assertThat(again.json().path("phase").asText()).isEqualTo("destroyed");
    assertThat(shop.run("env", "dotenv", "feature/refused").err()).contains("is destroyed");
  }

  @Test
  void aNameThatIsNoneIsTold() {
    assertThat(shop.run("dead-letters", "show", "nonsense").status()).isEqualTo(2);
    assertThat(shop.run("dead-letters", "show", "3-99999999").err()).contains("There is no dead letter 3-99999999");
    assertThat(shop.run("dead-letters", "retry").status()).isEqualTo(2);
    assertThat(shop.run("dead-letters", "retry", "--all", "--rate", "0").err()).contains("5/s");
  }

  @Test
  void theHistoryIsReadByEnvironmentTimeAndType() throws Exception {
    Commit commit = shop.push("feature/history", "V3__history.sql", "CREATE TABLE history (id int);");
    shop.awaitReadyAt("feature/history", commit);
    String environment = shop.environment("feature/history").value();

    List<JsonNode> all = shop.run("events", "--requests", "--json", "feature/history").lines();
    assertThat(all).isNotEmpty().allMatch(e -> e.path("environment").asText().equals(environment));
    assertThat(all).extracting(e -> e.path("event").asText())
        .contains("BranchPushed", "EnvironmentAccepted", "StoresReady", "EnvironmentCreated");

    Instant created = Instant.parse(all.stream().filter(e -> e.path("event").asText().equals("EnvironmentCreated"))
        .findFirst().orElseThrow().path("time").asText());
    assertThat(shop.run("events", "--json", environment, "--until", created.minusMillis(1).toString()).lines())
        .isNotEmpty().noneMatch(e -> e.path("event").asText().equals("EnvironmentCreated"));
    assertThat(shop.run("events", "--json", environment, "--since", created.toString()).lines())
        .isNotEmpty().noneMatch(e -> e.path("event").asText().equals("StoresReady"));
    assertThat(shop.run("events", "--json", environment, "--type", "storesready").lines())
        .singleElement().satisfies(e -> assertThat(e.path("event").asText()).isEqualTo("StoresReady"));
    assertThat(shop.run("events", "--json", environment, "--limit", "1").lines()).hasSize(1);
    assertThat(shop.run("events", "--since", "2999-01-01", environment).out()).isEmpty();
    assertThat(shop.run("events", "--since", "yesterday").err()).contains("no point in time");
    assertThat(shop.run("events", "--type", "Nonsense").err()).contains("EnvironmentCreated");
  }

  @Test
  void aReplayMakesTheNextIncarnationOfTheSameSnapshotAndCommit() throws Exception {
    Commit commit = shop.push("feature/replayed", "V3__replayed.sql", "CREATE TABLE replayed (id int);");
    EnvironmentState before = shop.awaitReadyAt("feature/replayed", commit);
    shop.admin(shop.database("feature/replayed"), "INSERT INTO replayed VALUES (1)");

    RunningShop.Ran dry = shop.run("replay", "feature/replayed", "--dry-run");
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("incarnation 1 -> 2", commit.brief(), before.stores().orElseThrow().epoch().value(),
        "entered by hand", "Nothing was asked for.");
    assertThat(shop.table().of(before.id()).presence()).isEqualTo(before.presence());
    assertThat(shop.table().of(before.id()).stores()).isEqualTo(before.stores());

    RunningShop.Ran ran = shop.run("replay", "feature/replayed", "--json");
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    JsonNode result = ran.json().path(0);
    assertThat(result.path("done").asBoolean()).isTrue();
    assertThat(result.path("to").asInt()).isEqualTo(2);

    EnvironmentState after = shop.awaitReadyAt("feature/replayed", commit);
    assertThat(after.stores().orElseThrow().epoch()).isEqualTo(before.stores().orElseThrow().epoch());
    assertThat(shop.number(shop.database("feature/replayed"), "SELECT count(*) FROM replayed")).isZero();
    assertThat(after.backups().orElseThrow().receipts()).extracting(r -> r.incarnation().number()).contains(1);
  }

  @Test
  void aReplayThatCannotBeMadeReadyLeavesWhatServesAndFails() throws Exception {
    Commit good = shop.push("feature/kept", "V3__kept.sql", "CREATE TABLE kept (id int);");
    shop.awaitReadyAt("feature/kept", good);

    RunningShop.Ran ran = shop.run(
        "replay", "feature/kept", "--at", "0123456789abcdef0123456789abcdef01234567", "--json");

    assertThat(ran.status()).as(ran.out() + ran.err()).isEqualTo(1);
    assertThat(ran.json().path(0).path("outcome").asText()).contains("0123456789", "incarnation 1 serves on");
    assertThat(shop.number(shop.database("feature/kept"), "SELECT count(*) FROM kept")).isZero();
  }

  @Test
  void manyAreNotReplayedWithoutAYes() throws Exception {
    for (String branch : List.of("feature/many-one", "feature/many-two")) {
      shop.awaitReadyAt(branch, shop.push(branch, "V3__many.sql", "CREATE TABLE many (id int);"));
    }
    String one = shop.environment("feature/many-one").value();
    String two = shop.environment("feature/many-two").value();

    RunningShop.Ran unsure = shop.run("replay", one, two);
    assertThat(unsure.status()).isEqualTo(1);
    assertThat(unsure.err()).contains("Rebuild 2 environments?", "--yes");
    RunningShop.Ran ran = shop.run("replay", one, two, "--yes", "--at-once", "1");

    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out()).contains(one, two);
    assertThat(ran.err()).contains("[1/2]", "[2/2]");
    assertThat(shop.run("replay", "--repository", "operated", "--since", "0s", "--dry-run").out())
        .contains("No environment is meant");
  }
}
