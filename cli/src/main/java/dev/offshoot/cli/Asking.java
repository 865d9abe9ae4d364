package dev.offshoot.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.offshoot.cli.view.EventView;
import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Phase;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.reporter.ReporterWorker;
import dev.offshoot.wire.Cursor;
import dev.offshoot.wire.EventLog;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;

/** Puts a person's request on the topic and listens to what comes of it. */
final class Asking implements AutoCloseable {
  static final EventSource SOURCE = EventSource.worker("cli");
  private static final Duration PATIENCE = Duration.ofMillis(200);
  /** Where it cannot be told how many events were said before we listened. */
  private static final int QUIET_ROUNDS = 25;

  private final StateTable table;
  private final EventLog log;
  private final EventPublisher publisher;

  private Asking(StateTable table, EventLog log, EventPublisher publisher) {
    this.table = table;
    this.log = log;
    this.publisher = publisher;
  }

  /** Listens from now on, so that no answer is missed. */
  static Asking open(OffshootConfig config) {
    return new Asking(
        StateTable.open(config.kafka()), EventLog.open(config.kafka(), false), EventPublisher.open(config.kafka()));
  }

  StateTable table() {
    return table;
  }

  static String actor() {
    return System.getProperty("user.name", "unknown");
  }

  /** What came of a request. */
  sealed interface Answer {
    /** This ended it. */
    record Ended(LifecycleEvent event) implements Answer {}

    /**
     * The provisioner has decided that there is nothing to do.
     *
     * @param reason its words, unless it has refused another request before they were read
     */
    record Nothing(Optional<String> reason) implements Answer {
      /** For a person, as the end of a sentence. */
      String why() {
        return reason.map(Harmless::line).orElse("the provisioner's log says why");
      }
    }
  }

  /**
   * Where an environment has come to once nothing is under way in it.
   *
   * @param refused empty when the request led to something
   */
  record Settled(EnvironmentState state, Optional<Answer.Nothing> refused) {}

  /**
   * Asks, and returns what ended it.
   *
   * @param last whether an event is the end
   * @param heard is told every event on the way
   */
  Answer ask(
      Request request, Predicate<LifecycleEvent> last, Consumer<Message> heard, Duration atMost)
      throws InterruptedException {
    Message asked = message(request);
    long seen = said(request).sequence();
    long answer = publisher.publish(asked).join();
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean begun = false;
    int quiet = 0;
    while (System.nanoTime() < deadline) {
      Cursor said = said(request);
      boolean decided = said.offset() >= answer;
      for (Message message : ofInterest(log.poll(PATIENCE), asked)) {
        begun |= message.chain().equals(asked.chain());
        seen = message.source().equals(Decider.SOURCE) ? Math.max(seen, message.sequence()) : seen;
        heard.accept(message);
        if (begun && message.event() instanceof LifecycleEvent event && last.test(event)) {
          table.catchUp();
          return new Answer.Ended(event);
        }
      }
      // a decision may be seen in the state before the events of the same transaction
      quiet = decided && !begun && log.atEnd() ? quiet + 1 : 0;
      if (quiet == QUIET_ROUNDS || (decided && !begun && seen >= said.sequence())) {
        table.catchUp();
        return new Answer.Nothing(said(request).refusalOf(answer));
      }
    }
    throw noEnd(request, atMost);
  }

  /**
   * Asks for a rehearsal, and returns what came of it, also in other environments.
   *
   * @param heard is told every event on the way
   */
  RehearsalWatch.End follow(Request.RehearseRequested wish, Consumer<Message> heard, Duration atMost) {
    long before = said(wish).sequence();
    Message asked = publish(wish);
    RehearsalWatch watch = new RehearsalWatch(wish, asked.chain(), before);
    long deadline = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < deadline) {
      // before what was said is read: what led to the state comes after it, or was heard
      Optional<RehearsalWatch.End> left = watch.left(state(wish));
      long reported = table.cursor(asked.environment(), ReporterWorker.NAME).cursor().offset();
      for (EventLog.Placed placed : log.placed(PATIENCE)) {
        if (placed.message().chain().equals(asked.chain())) {
          heard.accept(placed.message());
        }
        watch.hear(placed.message(), placed.offset());
      }
      if (watch.asksAgain()) {
        publisher.publish(Message.because(asked, SOURCE, Clock.systemUTC().instant(), wish)).join();
      }
      Optional<RehearsalWatch.End> silent = left.isPresent() ? watch.left(state(wish)) : watch.unreported(reported);
      Optional<RehearsalWatch.End> end = watch.end().or(() -> silent.filter(_ -> log.atEnd()));
      if (end.isPresent()) {
        return end.get();
      }
    }
    return watch.unreported(Long.MAX_VALUE).orElseThrow(() -> new CommandFailed("Nothing was heard of the end within " + atMost.toSeconds()
        + " s; it may still come: 'offshoot events' shows it"));
  }

  /** Asks without waiting for what comes of it; the broker has it on return. */
  Message publish(Request request) {
    Message message = message(request);
    publisher.publish(message).join();
    return message;
  }

  private static Message message(Request request) {
    return Message.first(EventId.random(), SOURCE, Clock.systemUTC().instant(), request);
  }

  private static List<Message> ofInterest(List<Message> messages, Message asked) {
    return messages.stream().filter(m -> m.environment().equals(asked.environment())).toList();
  }

  /**
   * Asks, and returns the state once nothing is under way in the environment any more. That another's request came first, or a newer one
   * after it, is no reason to go: what a person waits for is the environment.
   *
   * @param last whether an event may be the end
   */
  Settled settle(Request request, Predicate<LifecycleEvent> last, Consumer<Message> heard, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    Answer answer = ask(request, last, heard, atMost);
    while (isUnderWay(state(request).phase())) {
      if (System.nanoTime() >= deadline) {
        throw noEnd(request, atMost);
      }
      log.poll(PATIENCE).stream().filter(message -> message.environment().equals(request.origin().environment())).forEach(heard);
    }
    return new Settled(state(request), answer instanceof Answer.Nothing nothing ? Optional.of(nothing) : Optional.empty());
  }

  private static boolean isUnderWay(Phase phase) {
    return switch (phase) {
      case PROVISIONING, MIGRATING, EXPIRING -> true;
      case REQUESTED, READY, FAILED, DESTROYED -> false;
    };
  }

  private static CommandFailed noEnd(Request request, Duration atMost) {
    return new CommandFailed("Nothing was heard of the end within " + atMost.toSeconds() + " s; it may still come: 'offshoot env show "
        + request.origin().environment() + "' shows it");
  }

  private Cursor said(Request request) {
    return Decider.cursor(table, request.origin().environment());
  }

  EnvironmentState state(Request request) {
    return table.of(request.origin().environment());
  }

  /** One line of progress. */
  static String progress(Message message) {
    return "  " + EventView.line(message);
  }

  @Override
  public void close() {
    publisher.close();
    log.close();
    table.close();
  }
}
