package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.onDemand;
import static dev.offshoot.reporter.lint.Rule.own;
import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.BLOCKED;
import static dev.offshoot.reporter.lint.Severity.NEEDS_DBA;
import static dev.offshoot.reporter.lint.Severity.WARN;

import java.util.HashSet;
import java.util.List;

import dev.offshoot.reporter.lint.sql.Column;
import dev.offshoot.reporter.lint.sql.Operation;

/** Rows, and what a statement names. */
final class DataRules {
  static final List<Check> CHECKS = List.of(
      Check.onAny(squawk("ban-duplicate-column-assignments", BLOCKED,
          "a column that is named twice, where each may be named once",
          "PostgreSQL refuses it when it runs.",
          "Name it once."),
          (operation, _) -> twice(operation)),
      Check.onAny(own("require-where", NEEDS_DBA,
          "UPDATE and DELETE without WHERE",
          "All rows change in one transaction: they stay locked to its end, and the table may double in size.",
          "Say WHERE, and change many rows in batches."),
          (operation, in) -> switch (operation) {
            case Operation.UpdateRows update -> !update.filtered() && in.existing(update.table());
            case Operation.DeleteRows delete -> !delete.filtered() && in.existing(delete.table());
            default -> false;
          }),
      Check.onAny(own("dynamic-sql", NEEDS_DBA,
          "SQL that is put together while it runs, or in a language that is not read",
          "What it does cannot be told without running it; none of the rules has seen it.",
          "Write the statements out, or read the measured run for what it did on the clone."),
          (operation, _) -> operation instanceof Operation.Dynamic || operation instanceof Operation.Opaque),
      Check.onAny(onDemand("require-table-schema", WARN,
          "a table without its schema",
          "Which table is meant depends on the search_path of whoever runs it.",
          "Write the schema before the name: public.orders."),
          (operation, _) -> switch (operation) {
            case Operation.TableChange change -> change.table().schema().isEmpty();
            case Operation.CreateTable create -> create.table().schema().isEmpty();
            case Operation.DropTables drop -> drop.tables().stream().anyMatch(each -> each.schema().isEmpty());
            default -> false;
          }));

  private DataRules() {}

  private static boolean twice(Operation operation) {
    List<String> names = switch (operation) {
      case Operation.CreateTable create -> create.columns().stream().map(Column::name).toList();
      case Operation.CreateView view -> view.columns();
      case Operation.UpdateRows update -> update.columns();
      case Operation.InsertRows insert -> insert.columns();
      default -> List.of();
    };
    return new HashSet<>(names).size() < names.size();
  }
}
