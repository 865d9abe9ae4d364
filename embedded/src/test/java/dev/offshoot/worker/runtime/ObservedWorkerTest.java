package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.management.PrometheusMetrics;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/** What is seen of a worker from outside while it works. */
@Timeout(600)
class ObservedWorkerTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String COMMIT = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

  private final KafkaConfig kafka = new KafkaConfig(SharedServers.kafka().bootstrapServers(), 6, 1, Map.of());
  private final RepositoryKey repository = new RepositoryKey("o" + UUID.randomUUID().toString().substring(0, 8));
  private final String name = "observed-" + repository;
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final Map<String, Map<String, String>> contexts = new ConcurrentHashMap<>();
  private final CountDownLatch go = new CountDownLatch(1);

  /** Branches say what becomes of their requests. */
  private final class Played implements Worker {
    @Override
    public String name() {
      return name;
    }

    @Override
    public Inbox reads() {
      return Inbox.REQUESTS;
    }

    @Override
    public boolean takes(Event event) {
      return event instanceof Request request && request.origin().repository().equals(repository);
    }

    @Override
    public Outcome handle(Message message, Context context) throws InterruptedException {
      String branch = ((Request) message.event()).origin().ref().branch();
      if (branch.equals("waits")) {
        go.await();
      }
      if (branch.equals("retried") && context.attempt() == 1) {
        throw new Failure(Failure.Kind.BUSY, "not yet");
      }
      contexts.put(branch, MDC.getCopyOfContextMap());
      return branch.equals("poisoned") ? new Outcome.Failed("never", Publication.NOTHING) : Outcome.done(Publication.NOTHING);
    }
  }

  @BeforeEach
  void topicsStand() {
    Topics.ensure(kafka);
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  private Message request(String branch) {
    return Message.first(EventId.random(), new EventSource("/offshoot/test"), Instant.now(),
        new Request.BranchPushed(Origin.ofBranch(repository, GitRef.ofBranch(branch)), new Commit(COMMIT), true, false, "me"));
  }

  /** The value of a series of this worker; empty when there is none. */
  private Optional<Double> value(String series, String... tags) {
    return metrics.scrape().lines()
        .filter(line -> line.startsWith(series + "{") && line.contains("worker=\"" + name + "\""))
        .filter(line -> List.of(tags).stream().allMatch(line::contains))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))).findFirst();
  }

  @Test
  void whatAWorkerDoesIsMeasuredAndNothingOfABranchIsALabel() throws Exception {
    Message waits = request("waits");
    Message retried = request("retried");
    List<Message> all = List.of(waits, retried, request("poisoned"), request("plain"));
    WorkerSettings settings = new WorkerSettings(
        kafka, repository.value(), 8, new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)), Duration.ofSeconds(5));
    WorkerRuntime runtime = WorkerRuntime.start(new Played(), settings);
    try (EventPublisher publisher = EventPublisher.open(kafka)) {
      assertThat(value("offshoot_worker_dead_letters_total")).contains(0.0);
      all.forEach(message -> publisher.publish(message).join());

      Eventually.await("one waits, the others are dealt with", SOON, () ->
          value("offshoot_worker_outcomes_total", "outcome=\"done\"").equals(Optional.of(2.0))
              && value("offshoot_worker_outcomes_total", "outcome=\"failed\"").equals(Optional.of(1.0))
              && value("offshoot_worker_lag").equals(Optional.of(1.0))
              && value("offshoot_worker_lanes", "step=\"running\"").equals(Optional.of(1.0)));
      assertThat(value("offshoot_worker_dead_letters_total")).contains(1.0);
      assertThat(value("offshoot_worker_retries_total", "kind=\"busy\"")).contains(1.0);
      assertThat(value("offshoot_worker_partitions")).contains(6.0);
      assertThat(value("offshoot_worker_rebalances_total", "kind=\"assigned\"")).hasValueSatisfying(n -> assertThat(n).isPositive());
      assertThat(value("offshoot_worker_handler_seconds_count", "kind=\"BranchPushed\"", "outcome=\"threw\"")).contains(1.0);
      assertThat(value("offshoot_worker_step_seconds_count", "step=\"commit\"")).hasValueSatisfying(n -> assertThat(n).isPositive());
      Eventually.await("its age grows", SOON, () -> value("offshoot_worker_oldest").orElse(0.0) > 1);
      assertThat(runtime.health().ready().isGood()).isTrue();
      assertThat(runtime.health().live().isGood()).isTrue();

      go.countDown();

      Eventually.await("nothing is behind", SOON, () ->
          value("offshoot_worker_lag").equals(Optional.of(0.0)) && value("offshoot_worker_oldest").equals(Optional.of(0.0)));
      assertThat(metrics.scrape()).doesNotContain(COMMIT).doesNotContain("poisoned").doesNotContain("refs/heads");
      all.forEach(message -> assertThat(metrics.scrape())
          .doesNotContain(message.environment().value()).doesNotContain(message.id().value()));
    } finally {
      runtime.close();
    }
    assertThat(value("offshoot_worker_lag")).isEmpty();
    assertThat(runtime.health().ready().isGood()).isFalse();
    assertThat(contexts.get("retried")).containsAllEntriesOf(Map.of(
        "worker", name, "environment", retried.environment().value(), "event", retried.id().value(),
        "trace_id", retried.chain().toString().replace("-", ""), "attempt", "2"));
  }
}
