package dev.offshoot.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.EventId;
import dev.offshoot.ingest.Hook;
import dev.offshoot.ingest.delivery.DeliveryId;
import dev.offshoot.ingest.delivery.Outgoing;
import dev.offshoot.ingest.delivery.PrintableText;
import dev.offshoot.wire.EventLog;
import dev.offshoot.wire.Json;
import dev.offshoot.wire.Selection;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topic;

/** One delivery that says that a branch is gone, followed from webhook-ingest over the topic to the provisioner. */
final class HookTrial implements AutoCloseable {
  /** Always the same, so that trials leave one lane behind and not one each. */
  static final String BRANCH = "offshoot-hooks-test";
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final int ACCEPTED = 202;
  private static final int SHOWN = 300;

  private final RepositoryConfig repository;
  private final EnvironmentId environment;
  private final StateTable table;
  private final EventLog requests;

  private HookTrial(RepositoryConfig repository, EnvironmentId environment, StateTable table, EventLog requests) {
    this.repository = repository;
    this.environment = environment;
    this.table = table;
    this.requests = requests;
  }

  /** Listens from now on, so that nothing is missed. */
  static HookTrial open(OffshootConfig config, RepositoryConfig repository) {
    EnvironmentId environment = Origin.ofBranch(repository.key(), GitRef.ofBranch(BRANCH)).environment();
    Selection here = new Selection(Set.of(Topic.REQUESTS), Set.of(environment), new Selection.Start.End(), Optional.empty());
    return new HookTrial(repository, environment, StateTable.open(config.kafka()), EventLog.open(config.kafka(), here));
  }

  /**
   * A step of the way.
   *
   * @param says what was seen; of one that failed, what to do
   */
  record Step(String name, boolean passed, long millis, String says) {
    String line() {
      return (passed ? "ok      " : "failed  ") + name + ": " + says + " (" + millis + " ms)";
    }
  }

  /** What {@code --json} prints. */
  record Report(String repository, URI url, String delivery, boolean passed, List<Step> steps) {
    Report {
      steps = List.copyOf(steps);
    }
  }

  /** @param seen is told each step when it ends; after one that failed there is no other */
  Report run(URI url, long timeoutSeconds, Consumer<Step> seen) throws InterruptedException {
    DeliveryId id = new DeliveryId("hooks-test-" + UUID.randomUUID());
    List<Step> steps = new ArrayList<>();
    Duration atMost = Duration.ofSeconds(timeoutSeconds);
    Optional<EventId> event = delivered(url, id, atMost, steps);
    event.ifPresent(_ -> seen.accept(steps.getLast()));
    if (event.isPresent()) {
      OptionalLong place = onTheTopic(event.get(), atMost, steps);
      seen.accept(steps.getLast());
      if (place.isPresent()) {
        answered(place.getAsLong(), atMost, steps);
        seen.accept(steps.getLast());
      }
    }
    return new Report(repository.key().value(), url, id.value(), steps.stream().allMatch(Step::passed) && steps.size() == 3, steps);
  }

  private Optional<EventId> delivered(URI url, DeliveryId id, Duration atMost, List<Step> steps) throws InterruptedException {
    Outgoing delivery = Hook.of(repository, Clock.systemUTC()).host().deletion(repository, GitRef.ofBranch(BRANCH), id);
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(atMost).POST(BodyPublishers.ofString(delivery.body()));
    delivery.headers().forEach(request::header);
    long began = System.nanoTime();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      JsonNode json = json(answer.body());
      String said = answer.statusCode() + " " + PrintableText.of(json.path("reason").asText(answer.body()), SHOWN);
      boolean accepted = answer.statusCode() == ACCEPTED && json.path("status").asText().equals("accepted");
      steps.add(step("delivered to " + url, accepted, began, said));
      return accepted ? Optional.of(new EventId(json.path("event").asText())) : Optional.empty();
    } catch (IOException e) {
      steps.add(step("delivered to " + url, false, began,
          "no answer (" + e + "): is webhook-ingest running, and does it listen there? --url names another address"));
      return Optional.empty();
    }
  }

  private OptionalLong onTheTopic(EventId event, Duration atMost, List<Step> steps) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < atMost.toNanos()) {
      for (EventLog.Placed read : requests.placed(PATIENCE)) {
        if (read.message().id().equals(event)) {
          steps.add(step("on the topic", true, began, "offshoot.requests has event " + event));
          return OptionalLong.of(read.offset());
        }
      }
    }
    steps.add(step("on the topic", false, began,
        "offshoot.requests does not have event " + event + ": does webhook-ingest speak to the same Kafka?"));
    return OptionalLong.empty();
  }

  private void answered(long offset, Duration atMost, List<Step> steps) throws InterruptedException {
    long began = System.nanoTime();
    while (Decider.cursor(table, environment).offset() < offset) {
      if (System.nanoTime() - began > atMost.toNanos()) {
        steps.add(step("answered by the provisioner", false, began,
            "it has not dealt with the request: is it running, and does it reach the git host? Its log says more"));
        return;
      }
      var _ = requests.poll(PATIENCE);
    }
    table.catchUp();
    steps.add(step("answered by the provisioner", true, began, table.of(environment).presence().isEmpty()
        ? "it found no environment of branch " + BRANCH + ", and made none"
        : "it has looked at the ref of branch " + BRANCH));
  }

  private static JsonNode json(String body) {
    try {
      return Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return Json.mapper().createObjectNode();
    }
  }

  private static Step step(String name, boolean passed, long began, String says) {
    return new Step(name, passed, Duration.ofNanos(System.nanoTime() - began).toMillis(), says);
  }

  @Override
  public void close() {
    requests.close();
    table.close();
  }
}
