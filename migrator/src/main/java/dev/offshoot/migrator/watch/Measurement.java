package dev.offshoot.migrator.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.offshoot.evidence.Amount;
import dev.offshoot.evidence.Aspect;
import dev.offshoot.evidence.Effects;
import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.Span;

/** Finds out what a statement did, right after it. */
final class Measurement {
  /** They lock and change nothing. */
  private static final Pattern SETTING = Pattern.compile("(?:SET|RESET|SHOW)\\b", Pattern.CASE_INSENSITIVE);

  private final SecondSession second;
  private final Differences differences;
  private Look before = Look.clean(0);
  private long tempBefore;

  Measurement(SecondSession second, String history) throws SQLException {
    this.second = second;
    this.differences = new Differences(second.relations(), history);
  }

  /** Before a script's first statement; what was spilled before it is the previous script's. */
  void scriptBegins(OpenScript script, Optional<OpenScript> previous) throws SQLException {
    before = Look.clean(before.walPosition()); // holds nothing, also when the second session is gone
    before = Look.clean(second.walPosition());
    tempBefore = second.tempBytes();
    previous.ifPresent(one -> one.spilledUpTo(tempBefore));
    script.beginsAt(before.walPosition(), tempBefore);
  }

  /** After its last statement. */
  void scriptEnds(OpenScript script) {
    script.wroteUpTo(before.walPosition());
  }

  /** Once it is committed, and what it counted can be read. */
  void scriptIsOver(OpenScript script) throws SQLException {
    script.spilledUpTo(second.tempBytes());
  }

  /** Of a statement that succeeded, or that failed without a transaction to be rolled back. */
  void take(OpenStatement statement, OpenScript script, SeenWhileRunning seen, Connection session) throws SQLException {
    statement.waited(seen.waits());
    if (!statement.inTransaction) {
      withoutTransaction(statement, seen, session);
    } else if (!isSetting(statement.source.sql())) {
      withinTransaction(statement, script, seen, session);
    }
  }

  private static boolean isSetting(String sql) {
    return SETTING.matcher(sql).region(StatementPlaces.wordsBegin(sql), sql.length()).lookingAt();
  }

  private void withinTransaction(OpenStatement statement, OpenScript script, SeenWhileRunning seen, Connection session)
      throws SQLException {
    Look after = new MigratingSession(session).look();
    Duration at = statement.until(statement.from);
    after.held().forEach((number, held) -> differences.named(number, held).ifPresent(one -> held.modes().stream()
        .filter(mode -> !before.of(number).modes().contains(mode))
        .forEach(mode -> statement.locks.add(new OpenLock(number, one.relation(), mode,
            seen.waitedUntil(number, mode).orElse(statement.from), Method.OWN_LOCKS)))));
    seenLocks(statement, seen, after);
    script.letGo(after, at);
    Differences.Changes changes = differences.between(before, after);
    statement.did(new Effects(changes.rows(), changes.rewrites(), changes.sizes(),
        Optional.of(new Amount(Math.max(0, after.walPosition() - before.walPosition()), Method.WAL_POSITION)), Optional.empty()));
    statement.lacks(Aspect.TEMP_BYTES, "within a transaction they are counted for the whole script");
    before = after;
  }

  private void withoutTransaction(OpenStatement statement, SeenWhileRunning seen, Connection session) throws SQLException {
    try (Statement ask = session.createStatement()) {
      ask.execute("SELECT pg_catalog.pg_stat_force_next_flush()");
    }
    long wal = second.walPosition();
    long temp = second.tempBytes();
    Map<Long, Known> now = second.relations();
    Differences.Changes changes = differences.whole(now, seen);
    seenLocks(statement, seen, Look.clean(wal));
    if (seen.locks().isEmpty()) {
      statement.lacks(Aspect.LOCKS, "without a transaction they are gone with the statement,"
          + " and it was over before the second session looked");
    }
    statement.did(new Effects(changes.rows(), changes.rewrites(), changes.sizes(),
        Optional.of(new Amount(Math.max(0, wal - before.walPosition()), Method.WAL_POSITION)),
        Optional.of(new Amount(Math.max(0, temp - tempBefore), Method.DATABASE_COUNTERS))));
    statement.lacks(Aspect.ROWS, "without a transaction there are no counters of its own");
    before = Look.clean(wal);
    tempBefore = temp;
  }

  /** Of a statement whose transaction was rolled back with it. */
  void rolledBack(OpenStatement statement, SeenWhileRunning seen) throws SQLException {
    statement.waited(seen.waits());
    seenLocks(statement, seen, Look.clean(0));
    long wal = second.walPosition();
    statement.did(new Effects(Optional.empty(), List.of(), List.of(),
        Optional.of(new Amount(Math.max(0, wal - before.walPosition()), Method.WAL_POSITION)), Optional.empty()));
    String gone = "it was rolled back with its transaction";
    statement.lacks(Aspect.ROWS, gone);
    statement.lacks(Aspect.REWRITES, gone);
    statement.lacks(Aspect.SIZES, gone);
    statement.lacks(Aspect.TEMP_BYTES, gone);
    if (seen.locks().isEmpty()) {
      statement.lacks(Aspect.LOCKS, "they were gone with the transaction, and it was over before the second session looked");
    }
  }

  /** What only the second session saw: let go already, or never granted. */
  private void seenLocks(OpenStatement statement, SeenWhileRunning seen, Look after) {
    seen.locks().forEach((key, times) -> {
      boolean known = holds(after, key.relation(), key.mode()) || holds(before, key.relation(), key.mode());
      differences.of(key.relation()).filter(_ -> !known).ifPresent(one -> {
        if (times.first().isPresent() && times.last().isPresent()) {
          OpenLock lock = new OpenLock(key.relation(), one.relation(), key.mode(), times.first().get(), Method.SAMPLED);
          lock.letGo(times.last().get());
          statement.locks.add(lock);
        } else {
          times.waiting().ifPresent(until ->
              statement.waitedFor(one.relation(), key, new Span(statement.from, until.minus(statement.from))));
        }
      });
    });
  }

  private static boolean holds(Look look, long relation, LockMode mode) {
    return look.of(relation).modes().contains(mode);
  }
}
