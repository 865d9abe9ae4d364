package dev.offshoot.migrator.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.evidence.Aspect;
import dev.offshoot.evidence.Effects;
import dev.offshoot.evidence.Execution;
import dev.offshoot.evidence.Gap;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.Locking;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.Relation;
import dev.offshoot.evidence.Span;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.evidence.StatementSource;
import dev.offshoot.evidence.Wait;

/** A statement that is being measured. What is not known when the run is cut short stands as it is by then. */
final class OpenStatement {
  private static final int MOST_GAPS = 20;

  final StatementSource source;
  final boolean inTransaction;
  final Duration from;
  final List<OpenLock> locks = new ArrayList<>();
  private final List<Lock> waitedFor = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private List<Wait> waits = List.of();
  private Effects effects = Effects.NONE;
  private Optional<Duration> took = Optional.empty();
  private Execution.End end = Execution.End.ENDED;
  private Optional<StatementFailure> failure = Optional.empty();

  OpenStatement(StatementSource source, boolean inTransaction, Duration from) {
    this.source = source;
    this.inTransaction = inTransaction;
    this.from = from;
  }

  void ended(Execution.End how, Duration at) {
    end = how;
    took = Optional.of(at.minus(from));
  }

  Duration until(Duration now) {
    return from.plus(took.orElseGet(() -> now.minus(from)));
  }

  void did(Effects what) {
    effects = what;
  }

  void waited(List<Wait> what) {
    waits = what;
  }

  /** A lock that it was not seen to get. */
  void waitedFor(Relation relation, SeenWhileRunning.Key key, Span span) {
    waitedFor.add(new Lock(relation, key.mode(), false, span, Method.SAMPLED));
  }

  void failed(StatementFailure why) {
    failure = Optional.of(why);
  }

  void lacks(Aspect aspect, String why) {
    if (gaps.size() < MOST_GAPS) {
      gaps.add(new Gap(aspect, why));
    }
  }

  StatementEvidence asOf(Duration now) {
    Span span = new Span(from, until(now).minus(from));
    List<Lock> all = Stream.concat(locks.stream().map(lock -> lock.asOf(now)), waitedFor.stream()).toList();
    return new StatementEvidence(source, new Execution(inTransaction, span, end, failure), new Locking(all, waits), effects, gaps);
  }
}
