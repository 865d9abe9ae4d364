package dev.offshoot.migrator.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.offshoot.evidence.Amount;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.ScriptEvidence;
import dev.offshoot.evidence.Span;

/** A migration file that is being run. */
final class OpenScript {
  final String script;
  final String version;
  final StatementPlaces places;
  final List<OpenStatement> statements = new ArrayList<>();
  private final Duration from;
  private boolean inTransaction = true;
  private Optional<Duration> until = Optional.empty();
  private OptionalLong walBefore = OptionalLong.empty();
  private OptionalLong tempBefore = OptionalLong.empty();
  private Optional<Amount> wal = Optional.empty();
  private Optional<Amount> temp = Optional.empty();

  OpenScript(String script, String version, StatementPlaces places, Duration from) {
    this.script = script;
    this.version = version;
    this.places = places;
    this.from = from;
  }

  void runs(boolean withinTransaction) {
    inTransaction = withinTransaction;
  }

  boolean inTransaction() {
    return inTransaction;
  }

  /** Its locks are let go: it is about to be committed, or was rolled back. */
  void ended(Duration at) {
    until = Optional.of(at);
    statements.forEach(statement -> statement.locks.forEach(lock -> lock.letGo(at)));
  }

  /** What the session does not hold any more although the script goes on. */
  void letGo(Look now, Duration at) {
    for (OpenStatement statement : statements) {
      for (OpenLock lock : statement.locks) {
        if (lock.isHeldStill() && !now.of(lock.number).modes().contains(lock.mode)) {
          lock.letGo(at);
        }
      }
    }
  }

  /** What the server and the database had counted before it. */
  void beginsAt(long walPosition, long tempBytes) {
    walBefore = OptionalLong.of(walPosition);
    tempBefore = OptionalLong.of(tempBytes);
  }

  void wroteUpTo(long walPosition) {
    wal = walBefore.stream().mapToObj(before -> new Amount(Math.max(0, walPosition - before), Method.WAL_POSITION)).findFirst();
  }

  void spilledUpTo(long tempBytes) {
    temp = tempBefore.stream().mapToObj(before -> new Amount(Math.max(0, tempBytes - before), Method.DATABASE_COUNTERS)).findFirst();
  }

  Optional<OpenStatement> last() {
    return statements.isEmpty() ? Optional.empty() : Optional.of(statements.getLast());
  }

  ScriptEvidence asOf(Duration now) {
    return new ScriptEvidence(script, version, inTransaction, new Span(from, until.orElse(now).minus(from)), wal, temp);
  }
}
