package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.own;
import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.BLOCKED;
import static dev.offshoot.reporter.lint.Severity.NEEDS_DBA;
import static dev.offshoot.reporter.lint.Severity.WARN;

import java.util.List;

import dev.offshoot.reporter.lint.sql.Constraint;
import dev.offshoot.reporter.lint.sql.Operation;

/** Where transactions begin and end, and what a failure half way leaves behind. */
final class TransactionRules {
  static final List<Check> CHECKS = List.of(
      Check.onAny(squawk("ban-concurrent-index-creation-in-transaction", BLOCKED,
          "CONCURRENTLY inside a transaction: CREATE and DROP INDEX, REINDEX, DETACH PARTITION",
          "PostgreSQL refuses it. Flyway puts each script into a transaction, except one in which all statements are CREATE or DROP"
              + " INDEX CONCURRENTLY or of that kind; it does not know REINDEX TABLE and DETACH PARTITION.",
          "Put each such statement into a script of its own, without a SET beside it; REINDEX CONCURRENTLY and DETACH ... CONCURRENTLY"
              + " have to be run by hand."),
          (operation, in) -> in.inTransaction() && concurrently(operation)),
      Check.on(Operation.OutsideTransactions.class, own("ban-nontransactional-in-transaction", BLOCKED,
          "what may not be in a transaction: VACUUM, REINDEX of a schema, databases, tablespaces, subscriptions",
          "PostgreSQL refuses it, or Flyway does because the script also has statements that need a transaction.",
          "Put it into a script of its own."),
          (_, in) -> in.inTransaction()),
      Check.onAny(squawk("transaction-nesting", NEEDS_DBA,
          "BEGIN inside a transaction; COMMIT and ROLLBACK outside of one, or of the tool's",
          "PostgreSQL has no transactions inside transactions: it only warns. A COMMIT ends the tool's transaction half way, and what"
              + " comes before it stays when the rest fails.",
          "Leave BEGIN and COMMIT out: each script is a transaction. Use one script for each."),
          (operation, in) -> switch (operation) {
            case Operation.Begin _ -> in.inTransaction();
            case Operation.End _ -> in.toolsTransaction() || !in.inTransaction();
            default -> false;
          }),
      Check.on(Operation.Begin.class, squawk("ban-uncommitted-transaction", BLOCKED,
          "a transaction that is begun and never ended",
          "When the script ends everything is rolled back: it seems to succeed and changes nothing.",
          "Add the COMMIT."),
          (_, in) -> in.neverEnded()),
      Check.onAny(squawk("prefer-robust-stmts", WARN,
          "a statement outside of a transaction that cannot be run twice",
          "When the script fails half way, what is done stays done, and the next run fails at the first statement.",
          "Say IF NOT EXISTS or IF EXISTS, or use a transaction. A failed CREATE INDEX CONCURRENTLY leaves an invalid index that"
              + " IF NOT EXISTS would keep: DROP INDEX CONCURRENTLY IF EXISTS before it."),
          (operation, in) -> !in.inTransaction() && (!in.alone() || concurrently(operation))
              && !repeatable(operation, in)));

  private TransactionRules() {}

  static boolean concurrently(Operation operation) {
    return switch (operation) {
      case Operation.CreateIndex create -> create.concurrently();
      case Operation.DropIndexes drop -> drop.concurrently();
      case Operation.Reindex reindex -> reindex.concurrently();
      case Operation.DetachPartition detach -> detach.concurrently();
      default -> false;
    };
  }

  private static boolean repeatable(Operation operation, Situation in) {
    return switch (operation) {
      case Operation.CreateTable create -> create.guarded();
      case Operation.DropTables drop -> drop.guarded();
      case Operation.AddColumn add -> add.guarded();
      case Operation.DropColumn drop -> drop.guarded();
      case Operation.AddConstraint(var table, Constraint constraint) ->
        constraint.name().filter(name -> in.dropped(table, name)).isPresent();
      case Operation.DropConstraint drop -> drop.guarded();
      case Operation.CreateIndex create -> create.guarded();
      case Operation.DropIndexes drop -> drop.guarded();
      case Operation.CreateView create -> create.guarded();
      case Operation.CreateOther create -> create.guarded();
      case Operation.CreateDomain _ -> false;
      case Operation.DropOther drop -> drop.guarded();
      case Operation.AddEnumValue add -> add.guarded();
      default -> true;
    };
  }
}
