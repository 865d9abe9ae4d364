package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import dev.offshoot.event.Event;
import dev.offshoot.management.Timings;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;

/**
 * What the runtime measures of one worker. Law: the tags are worker, outcome, kind and step, whose values are few and ours; never an
 * environment, a branch or a commit, which are without number and a stranger's.
 */
final class RuntimeMetrics implements AutoCloseable {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final String worker;
  private final MeterRegistry registry;
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<Meter> gauges = new ArrayList<>();
  private volatile Sample sample = Sample.NOTHING;
  /** Touched by the poll thread alone. */
  private long sampled = System.nanoTime() - SECOND;

  /**
   * How far a worker is behind.
   *
   * @param lag of the partition that is most behind: records not read yet, or not dealt with
   * @param oldest when the oldest record was written that is not dealt with, in milliseconds since 1970
   * @param backlog deliveries that are queued or run
   * @param running deliveries that have a thread
   */
  record Sample(long lag, OptionalLong oldest, int backlog, int running, int partitions) {
    static final Sample NOTHING = new Sample(0, OptionalLong.empty(), 0, 0, 0);
  }

  /** What a worker's time goes to besides its handlers. */
  enum Step {
    /** One Kafka transaction. */
    COMMIT,
    /** Reading the state after an assignment, before the first lane starts. */
    CATCH_UP,
    /** A lane waits until the state table has what its message was said with. */
    AWAIT_STATE,
    /** A lane waits for one of the places where handlers work. */
    AWAIT_PLACE
  }

  RuntimeMetrics(String worker, MeterRegistry registry) {
    this.worker = worker;
    this.registry = registry;
    gauge("offshoot.worker.lag", "Records of the partition most behind that are not dealt with", "", m -> m.sample.lag());
    gauge("offshoot.worker.oldest", "Age in seconds of the oldest record that is not dealt with", "", RuntimeMetrics::age);
    gauge("offshoot.worker.partitions", "Partitions assigned to this process", "", m -> m.sample.partitions());
    String deliveries = "Deliveries that wait in their lane, that are handled, and that wait before their next try";
    gauge("offshoot.worker.lanes", deliveries, "queued", m -> m.sample.backlog() - m.sample.running());
    gauge("offshoot.worker.lanes", deliveries, "running", m -> Math.max(0, m.sample.running() - m.waiting.get()));
    gauge("offshoot.worker.lanes", deliveries, "waiting", m -> m.waiting.get());
    // there from the start, so that the first one is seen as an increase
    deadLetters();
    restarts();
  }

  private void gauge(String name, String description, String step, ToDoubleFunction<RuntimeMetrics> value) {
    Tags tags = step.isEmpty() ? Tags.of("worker", worker) : Tags.of("worker", worker, "step", step);
    gauges.add(Gauge.builder(name, this, value).description(description).tags(tags).register(registry));
  }

  private double age() {
    OptionalLong oldest = sample.oldest();
    return oldest.isEmpty() ? 0 : Math.max(0, System.currentTimeMillis() - oldest.getAsLong()) / 1_000.0;
  }

  /** Takes a sample, at most once a second. */
  void sample(Supplier<Sample> taken) {
    long now = System.nanoTime();
    if (now - sampled >= SECOND) {
      sampled = now;
      sample = taken.get();
    }
  }

  void took(Step step, long beganNanos) {
    Timings.timer(registry, "offshoot.worker.step", "Time of a step of the runtime",
        "worker", worker, "step", step.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .record(Duration.ofNanos(System.nanoTime() - beganNanos));
  }

  /** One try of a handler has ended with an outcome. */
  void handled(Event event, Outcome outcome, long beganNanos) {
    handled(event, outcomeOf(outcome), beganNanos);
  }

  /** One try of a handler has ended with an exception. */
  void threw(Event event, long beganNanos) {
    handled(event, "threw", beganNanos);
  }

  private void handled(Event event, String outcome, long beganNanos) {
    Timings.timer(registry, "offshoot.worker.handler", "Time of one try of a handler, by event and how it ended",
        "worker", worker, "kind", event.getClass().getSimpleName(), "outcome", outcome)
        .record(Duration.ofNanos(System.nanoTime() - beganNanos));
  }

  /** What a handler threw is worth another try, which comes after a wait. */
  void waits(Throwable failure) {
    waiting.incrementAndGet();
    String kind = failure instanceof Failure known ? known.kind().name().toLowerCase(Locale.ROOT) : "unclassified";
    counter("offshoot.worker.retries", "Tries that are repeated, by why the one before failed", Map.of("kind", kind)).increment();
  }

  void waited() {
    waiting.decrementAndGet();
  }

  /** A delivery was dealt with, and that is committed. */
  void finished(Outcome outcome) {
    counter("offshoot.worker.outcomes", "Messages dealt with", Map.of("outcome", outcomeOf(outcome))).increment();
    if (outcome instanceof Outcome.Failed) {
      deadLetters().increment();
    }
  }

  /**
   * Partitions came or went.
   *
   * @param kind assigned, revoked or lost
   */
  void rebalanced(String kind) {
    counter("offshoot.worker.rebalances", "How often partitions came or went", Map.of("kind", kind)).increment();
  }

  /** A session ended in doubt. */
  void restarted() {
    restarts().increment();
  }

  private Counter deadLetters() {
    return counter("offshoot.worker.dead.letters", "Records that no retry could handle", Map.of());
  }

  private Counter restarts() {
    return counter("offshoot.worker.session.restarts", "Sessions that ended in doubt and were started again", Map.of());
  }

  private Counter counter(String name, String description, Map<String, String> tags) {
    Counter.Builder counter = Counter.builder(name).description(description).tag("worker", worker);
    tags.forEach(counter::tag);
    return counter.register(registry);
  }

  private static String outcomeOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "done";
      case Outcome.Rejected _ -> "rejected";
      case Outcome.Failed _ -> "failed";
    };
  }

  /** What this instance shows of the present is shown no more; counts stay. */
  @Override
  public void close() {
    gauges.forEach(registry::remove);
  }
}
