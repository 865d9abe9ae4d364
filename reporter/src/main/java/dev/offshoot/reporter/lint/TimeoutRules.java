package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.onDemand;
import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.WARN;

import java.util.List;

import dev.offshoot.reporter.lint.sql.Operation;

/** Waiting for a lock is what stops everybody else: they queue behind who waits. Said once in a script. */
final class TimeoutRules {
  static final List<Check> CHECKS = List.of(
      Check.onAny(squawk("require-lock-timeout", WARN,
          "a statement that locks a table in use, without a lock_timeout",
          "If somebody holds the table, the statement waits, and everybody who comes later waits behind it, for as long as it takes.",
          "SET lock_timeout = '2s' before it (in a transaction also SET LOCAL), and run the migration again if it was too busy."),
          (operation, in) -> !in.lockTimeout() && !in.lockedBefore() && locks(operation, in)),
      Check.onAny(onDemand("require-statement-timeout", WARN,
          "a statement that locks a table in use, without a statement_timeout",
          "A statement that takes longer than thought holds its locks for all of that time.",
          "SET statement_timeout before it."),
          (operation, in) -> !in.statementTimeout() && !in.lockedBefore() && locks(operation, in)));

  private TimeoutRules() {}

  /** Whether it takes a lock that others' writes have to wait for. */
  static boolean locks(Operation operation, Situation in) {
    return switch (operation) {
      case Operation.ValidateConstraint _ -> false;
      case Operation.DetachPartition detach -> !detach.concurrently() && in.existing(detach.table());
      case Operation.TableChange change -> in.existing(change.table());
      case Operation.DropTables drop -> drop.tables().stream().anyMatch(in::existing);
      case Operation.Truncate truncate -> truncate.tables().stream().anyMatch(in::existing);
      case Operation.LockTables lock -> lock.tables().stream().anyMatch(in::existing);
      case Operation.Rewrite rewrite -> rewrite.target().isEmpty() || in.existing(rewrite.target().get());
      case Operation.CreateIndex create -> !create.concurrently() && in.existing(create.table());
      case Operation.DropIndexes drop -> !drop.concurrently() && drop.indexes().stream().anyMatch(in::existingIndex);
      case Operation.Reindex reindex -> !reindex.concurrently();
      default -> false;
    };
  }
}
