package dev.offshoot.migrator.watch;

import java.time.Duration;
import java.util.Optional;

import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.Relation;
import dev.offshoot.evidence.Span;

/** A lock whose end is not known yet. */
final class OpenLock {
  final long number;
  final LockMode mode;
  private final Relation relation;
  private final Duration from;
  private final Method method;
  private Optional<Duration> until = Optional.empty();

  OpenLock(long number, Relation relation, LockMode mode, Duration from, Method method) {
    this.number = number;
    this.relation = relation;
    this.mode = mode;
    this.from = from;
    this.method = method;
  }

  boolean isHeldStill() {
    return until.isEmpty();
  }

  void letGo(Duration at) {
    until = until.or(() -> Optional.of(at));
  }

  Lock asOf(Duration now) {
    Duration took = until.orElse(now).minus(from);
    return new Lock(relation, mode, true, new Span(from, took.isNegative() ? Duration.ZERO : took), method);
  }
}
