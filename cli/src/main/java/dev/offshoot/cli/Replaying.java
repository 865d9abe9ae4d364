package dev.offshoot.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.cli.view.Table;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.Cursor;
import dev.offshoot.wire.EventLog;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;

/** Asks for rebuilds, a handful at a time, and waits for what comes of each. */
final class Replaying implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(200);
  /** A decision may be seen in the state a moment before the events of the same transaction. */
  private static final int QUIET_ROUNDS = 5;

  private final StateTable table;
  private final EventLog log;
  private final EventPublisher publisher;
  private final Pace pace;
  private final Limits limits;

  private record Limits(int atOnce, Duration atMost) {}

  private Replaying(StateTable table, EventLog log, EventPublisher publisher, Pace pace, Limits limits) {
    this.table = table;
    this.log = log;
    this.publisher = publisher;
    this.pace = pace;
    this.limits = limits;
  }

  /** Listens from now on, so that no answer is missed. */
  static Replaying open(KafkaConfig kafka, Pace pace, int atOnce, long timeoutSeconds) {
    return new Replaying(StateTable.open(kafka), EventLog.open(kafka, false), EventPublisher.open(kafka), pace,
        new Limits(atOnce, Duration.ofSeconds(Math.max(1, timeoutSeconds))));
  }

  /**
   * What became of one.
   *
   * @param from the incarnation before; empty when none was known
   * @param to the newest one now
   */
  record Result(String environment, Optional<Integer> from, Optional<Integer> to, Optional<String> commit, boolean done,
      String outcome, long millis) {

    static String table(List<Result> results) {
      Table table = new Table("ENVIRONMENT", "FROM", "TO", "COMMIT", "TOOK", "OUTCOME");
      for (Result result : results) {
        table.row(result.environment, result.from.map(String::valueOf).orElse("-"),
            result.to.map(String::valueOf).orElse("-"), result.commit.map(c -> new Commit(c).brief()).orElse("-"),
            result.millis + " ms", Harmless.line(result.outcome));
      }
      return table.text();
    }
  }

  /** One that was asked for: the provisioner has answered once its place in the environment's lane is {@code answer} or beyond. */
  private static final class Running {
    private final Replay.Asking replay;
    private final Message asked;
    private final long answer;
    private final long began = System.nanoTime();
    private boolean heard;
    private int quiet;
    private Optional<String> failure = Optional.empty();
    private String remark = "";

    Running(Replay.Asking replay, Message asked, long answer) {
      this.replay = replay;
      this.asked = asked;
      this.answer = answer;
    }

    void hear(Event event) {
      heard = true;
      switch (event) {
        case LifecycleEvent.MigrationFailed e -> failure = Optional.of("migration failed: " + e.failure().summary());
        case LifecycleEvent.EnvironmentFailed e -> failure = Optional.of(e.reason());
        case LifecycleEvent.EnvironmentDeleted e -> failure = Optional.of("destroyed meanwhile: " + e.reason());
        case LifecycleEvent.RebuildAccepted e ->
          remark += e.gone().map(gone -> "; the snapshot " + gone + " is gone: made from " + e.epoch()).orElse("");
        case LifecycleEvent.EnvironmentModified e -> remark += e.replacement()
            .map(r -> r.lost().isEmpty() ? "; " + r.backups().size() + " backups of " + r.incarnation() + " kept"
                : "; of " + r.incarnation() + " these were gone already, without a backup: " + r.lost())
            .orElse("");
        case LifecycleEvent _, Request _ -> { }
      }
    }

    Duration took() {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  List<Result> run(List<Replay.Asking> plan, ProgressBar progress) throws InterruptedException {
    Deque<Replay.Asking> waiting = new ArrayDeque<>(plan);
    List<Running> running = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    while (!waiting.isEmpty() || !running.isEmpty()) {
      while (!waiting.isEmpty() && running.size() < limits.atOnce()) {
        pace.await();
        running.add(ask(waiting.pop()));
      }
      listen(running);
      for (Running one : List.copyOf(running)) {
        result(one).ifPresent(result -> {
          running.remove(one);
          results.add(result);
          progress.done(result.environment() + ": " + Harmless.line(result.outcome()));
        });
      }
      progress.show(running.stream().map(one -> one.replay.environment().value()).collect(Collectors.joining(" ")));
    }
    progress.end();
    return results;
  }

  private Running ask(Replay.Asking replay) {
    Message asked =
        Message.first(EventId.random(), Asking.SOURCE, Clock.systemUTC().instant(), replay.request());
    return new Running(replay, asked, publisher.publish(asked).join());
  }

  private void listen(List<Running> running) {
    for (Message message : log.poll(PATIENCE)) {
      running.stream().filter(one -> one.asked.chain().equals(message.chain()))
          .forEach(one -> one.hear(message.event()));
    }
  }

  private Optional<Result> result(Running one) {
    EnvironmentState state = table.of(one.replay.environment());
    if (one.failure.isPresent()) {
      return Optional.of(result(one, state, false, one.failure.get() + stillServing(state)));
    }
    if (isRemembered(one, state)) {
      return Optional.of(result(one, state, true, "remembered as destroyed"));
    }
    if (one.heard && isReplaced(one, state)) {
      return Optional.of(result(one, state, true, "ready" + one.remark));
    }
    Cursor place = Decider.cursor(table, one.replay.environment());
    boolean ignored = !one.heard && place.offset() >= one.answer && log.atEnd();
    one.quiet = ignored ? one.quiet + 1 : 0;
    if (one.quiet == QUIET_ROUNDS) {
      return Optional.of(result(one, state, false, "nothing was done: " + place.refusalOf(one.answer).orElse("the provisioner's log says why")));
    }
    return one.took().compareTo(limits.atMost()) < 0
        ? Optional.empty()
        : Optional.of(result(one, state, false, "nothing was heard of its end within " + limits.atMost().toSeconds()
            + " s; it may still come"));
  }

  /** A newer incarnation serves, and nothing of the older one is left to be done. */
  private static boolean isReplaced(Running one, EnvironmentState state) {
    boolean newer = switch (one.replay) {
      case Replay.Rebuild rebuild -> state.incarnation().filter(rebuild.from()::isOlderThan).isPresent();
      case Replay.Create _, Replay.Adopt _ -> true;
    };
    return newer && state.phase() == Phase.READY && state.presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Standing standing && standing.retiring().isEmpty()).isPresent();
  }

  /** Of which nothing but backups was found. */
  private static boolean isRemembered(Running one, EnvironmentState state) {
    return one.replay instanceof Replay.Adopt && state.phase() == Phase.DESTROYED;
  }

  private static String stillServing(EnvironmentState state) {
    return state.presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Resetting)
        .map(intent -> "; incarnation " + intent.serving() + " serves on").orElse("");
  }

  private static Result result(Running one, EnvironmentState state, boolean done, String outcome) {
    Optional<Incarnation> from = switch (one.replay) {
      case Replay.Rebuild rebuild -> Optional.of(rebuild.from());
      case Replay.Adopt adopt -> Optional.of(adopt.from());
      case Replay.Create _ -> Optional.empty();
    };
    return new Result(one.replay.environment().value(), from.map(Incarnation::number),
        state.incarnation().map(Incarnation::number), state.presence().flatMap(Presence::tip).map(Commit::id), done,
        outcome, one.took().toMillis());
  }

  @Override
  public void close() {
    publisher.close();
    log.close();
    table.close();
  }
}
