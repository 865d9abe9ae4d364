package dev.offshoot.reporter.lint;

import java.util.List;
import java.util.Optional;

import dev.offshoot.reporter.lint.LintOptions.Transactions;
import dev.offshoot.reporter.lint.sql.Operation;
import dev.offshoot.reporter.lint.sql.Statement;
import dev.offshoot.reporter.lint.sql.Statement.Step;

/**
 * What has to be known of a script before its first statement.
 *
 * @param wrapped whether the tool puts it into a transaction
 * @param lastEnd the index of the last statement that ends one; -1 without any
 */
record Outline(boolean wrapped, int statements, int lastEnd) {
  static Outline of(List<Statement> script, Transactions transactions, Optional<Boolean> told) {
    boolean unwrapped = !script.isEmpty() && script.stream().allMatch(Outline::runsOutside);
    int lastEnd = -1;
    for (int i = 0; i < script.size(); i++) {
      if (does(script.get(i), Operation.End.class)) {
        lastEnd = i;
      }
    }
    return new Outline(transactions == Transactions.PER_SCRIPT && told.orElse(!unwrapped), script.size(), lastEnd);
  }

  private static boolean does(Statement statement, Class<? extends Operation> kind) {
    return statement instanceof Statement.Read read
        && read.steps().stream().map(Step::operation).anyMatch(kind::isInstance);
  }

  /** What Flyway 13.12.0 recognises as not for a transaction (its PostgreSQLParser). */
  private static boolean runsOutside(Statement statement) {
    return statement instanceof Statement.Read read && read.steps().stream().map(Step::operation)
        .anyMatch(operation -> switch (operation) {
          case Operation.OutsideTransactions _ -> true;
          case Operation.CreateIndex create -> create.concurrently();
          case Operation.DropIndexes drop -> drop.concurrently();
          default -> false;
        });
  }
}
