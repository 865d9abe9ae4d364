package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.TraceParent;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.wire.StateTable;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.StateView;
import dev.offshoot.worker.Worker;
import dev.offshoot.worker.runtime.RuntimeMetrics.Step;

/** One delivery being handled, on a virtual thread of its own, tried again until it has an outcome or is cancelled. */
final class LaneRun implements Runnable, Context {
  private static final Logger LOG = LoggerFactory.getLogger(LaneRun.class);
  /** What an unclassified exception is worth: a bug rarely heals, but a connection may have been cut in an unknown way. */
  private static final int UNCLASSIFIED_ATTEMPTS = 5;
  private static final int MAX_REASON = 2_000;

  private final Delivery delivery;
  private final Message message;
  private final Worker worker;
  private final Backoff backoff;
  private final Surroundings session;
  private volatile boolean newerWaits;
  private volatile boolean cancelled;
  /** Touched by the lane's thread alone. */
  private int attempt = 1;

  /**
   * What a run needs of the session it belongs to.
   *
   * @param handlers bounds how many handlers work at once; a lane that waits before its next try holds none
   */
  record Surroundings(
      StateTable table, Semaphore handlers, Consumer<Completion> completions, RuntimeMetrics metrics) {}

  LaneRun(Delivery delivery, Message message, Worker worker, Backoff backoff, Surroundings session) {
    this.delivery = delivery;
    this.message = message;
    this.worker = worker;
    this.backoff = backoff;
    this.session = session;
  }

  @Override
  public void run() {
    MDC.setContextMap(Map.of("worker", worker.name(), "environment", message.environment().value(), "event", message.id().value(),
        "trace_id", TraceParent.traceId(message.chain()), "attempt", "1"));
    try {
      Outcome outcome = outcomeOrFailure();
      FaultPoint.at("handler.after");
      session.completions().accept(new Completion.Finished(delivery, outcome, attempt));
    } catch (InterruptedException _) {
      LOG.info("Lane cancelled");
    }
  }

  /** Law: a run that is not cancelled has an outcome, whatever is thrown: without one its lane would wait for ever. */
  private Outcome outcomeOrFailure() throws InterruptedException {
    try {
      return outcome();
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      LOG.atError().setCause(e).log("Gave up: what failed could not be told");
      return new Outcome.Failed(reason(e), Publication.NOTHING);
    }
  }

  private Outcome outcome() throws InterruptedException {
    while (true) {
      try {
        return handle();
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable e) {
        if (Thread.interrupted() || cancelled) {
          throw new InterruptedException("Cancelled; the handler then failed with " + e);
        }
        if (newerWaits) {
          return new Outcome.Rejected("given up for what waits behind it: " + reason(e));
        }
        boolean again = e instanceof Failure f ? f.kind().isTransient() : attempt < UNCLASSIFIED_ATTEMPTS;
        if (!again) {
          LOG.atError().setCause(e).log("Gave up");
          return new Outcome.Failed(reason(e), failure(reason(e)));
        }
        if (attempt == ATTEMPTS_BEFORE_TELLING) {
          commit(new Publication(failure(reason(e)).facets(), List.of(), List.of()));
        }
        Duration asked = e instanceof Failure f ? f.pause() : Duration.ZERO;
        Duration pause = backoff.after(attempt, asked, ThreadLocalRandom.current());
        LOG.atWarn().addKeyValue("againInMs", pause.toMillis()).log("Trying again: {}", reason(e));
        sleep(pause, e);
        attempt++;
        MDC.put("attempt", Integer.toString(attempt));
      }
    }
  }

  private Outcome handle() throws Exception {
    long began = System.nanoTime();
    session.table().await(message.environment(), message.facets(), () -> newerWaits);
    session.metrics().took(Step.AWAIT_STATE, began);
    long waits = System.nanoTime();
    session.handlers().acquire();
    session.metrics().took(Step.AWAIT_PLACE, waits);
    try {
      FaultPoint.at("handler.before");
      return measured();
    } finally {
      session.handlers().release();
    }
  }

  private Outcome measured() throws Exception {
    long began = System.nanoTime();
    try {
      Outcome outcome = worker.handle(message, this);
      session.metrics().handled(message.event(), outcome, began);
      return outcome;
    } catch (Exception | Error e) {
      session.metrics().threw(message.event(), began);
      throw e;
    }
  }

  private void sleep(Duration pause, Throwable reason) throws InterruptedException {
    session.metrics().waits(reason);
    try {
      Thread.sleep(pause);
    } finally {
      session.metrics().waited();
    }
  }

  private Publication failure(String reason) {
    try {
      return worker.failure(message, this, reason);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The worker cannot tell of its failure");
      return Publication.NOTHING;
    }
  }

  private static String reason(Throwable e) {
    String reason = e instanceof Failure ? String.valueOf(e.getMessage()) : e.toString();
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }

  /** The poll thread has queued a newer update behind this delivery. */
  void supersede() {
    newerWaits = true;
  }

  /** Nobody waits for the outcome any more: what goes on in spite of the interrupt that follows must not last. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public EnvironmentState environment() {
    return session.table().of(message.environment());
  }

  @Override
  public StateView state() {
    return session.table();
  }

  @Override
  public void commit(Publication publication) throws InterruptedException {
    if (cancelled) {
      throw new InterruptedException("The lane was cancelled");
    }
    CompletableFuture<Void> committed = new CompletableFuture<>();
    session.completions().accept(new Completion.Intermediate(delivery, publication, committed));
    try {
      committed.get();
    } catch (CancellationException _) {
      throw new InterruptedException("The lane was cancelled before the commit");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new Failure(Failure.Kind.UNAVAILABLE, "The commit failed", e);
    }
  }

  @Override
  public boolean superseded() {
    return newerWaits || cancelled || switch (message.event()) {
      case LifecycleEvent event -> hasLeft(environment(), event);
      case Request _ -> false;
    };
  }

  /** Whether the environment is no longer what the event speaks of. */
  static boolean hasLeft(EnvironmentState environment, LifecycleEvent event) {
    return environment.presence()
        .map(p -> !p.intent().incarnation().equals(event.subject().incarnation())
            || p.intent() instanceof Intent.Destroying
            || p.intent() instanceof Intent.Destroyed)
        .orElse(false);
  }

  @Override
  public int attempt() {
    return attempt;
  }
}
