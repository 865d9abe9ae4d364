package dev.offshoot.provisioner.solr;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.offshoot.worker.Failure;

/**
 * What a SolrCloud does by itself after it has answered, under an id that the caller chooses: one id is begun once, whoever
 * asks, and can be asked after by everybody.
 */
final class CloudTasks {
  private static final String ADMIN = "/admin/collections";
  private static final Duration DEADLINE = Duration.ofMinutes(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final SolrCalls calls;

  CloudTasks(SolrCalls calls) {
    this.calls = calls;
  }

  enum State { NONE, RUNNING, DONE, FAILED }

  State state(String id) {
    Object status = calls.ask(ADMIN, "action", "REQUESTSTATUS", "requestid", id).get("status");
    return switch (SolrCalls.member(status, "state").map(String::valueOf).orElse("")) {
      case "completed" -> State.DONE;
      case "failed" -> State.FAILED;
      case "submitted", "running" -> State.RUNNING;
      default -> State.NONE;
    };
  }

  /** Returns when it is done, begun by this call or an earlier one. */
  void run(String id, String... parameters) {
    State state = state(id);
    if (state == State.FAILED) {
      forget(id);
      state = State.NONE;
    }
    if (state == State.NONE) {
      begin(id, parameters);
    }
    await("task " + id, () -> isDone(id));
  }

  private void begin(String id, String... parameters) {
    try {
      calls.ask(ADMIN, Stream.concat(Arrays.stream(parameters), Stream.of("async", id)).toArray(String[]::new));
    } catch (Failure refused) {
      if (state(id) == State.NONE) {
        throw refused;
      }
    }
  }

  private boolean isDone(String id) {
    return switch (state(id)) {
      case DONE -> true;
      case FAILED -> throw new Failure(Failure.Kind.UNAVAILABLE, "SolrCloud could not do " + id + ": "
          + calls.ask(ADMIN, "action", "REQUESTSTATUS", "requestid", id).get("exception"));
      case NONE -> throw new Failure(Failure.Kind.UNAVAILABLE, "SolrCloud knows nothing of " + id + " any more");
      case RUNNING -> false;
    };
  }

  /** What still runs is waited for: its end comes whether anybody wants it or not. */
  void forget(String id) {
    if (state(id) == State.RUNNING) {
      await("task " + id, () -> state(id) != State.RUNNING);
    }
    if (state(id) != State.NONE) {
      calls.ask(ADMIN, "action", "DELETESTATUS", "requestid", id);
    }
  }

  static void await(String what, BooleanSupplier done) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.currentThread().isInterrupted() || System.nanoTime() > end) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "SolrCloud did not finish in time: " + what);
      }
    }
  }
}
