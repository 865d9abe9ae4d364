package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.NEEDS_DBA;
import static dev.offshoot.reporter.lint.Severity.WARN;

import java.util.List;
import java.util.Set;

import dev.offshoot.reporter.lint.sql.Column;
import dev.offshoot.reporter.lint.sql.Constraint;
import dev.offshoot.reporter.lint.sql.Operation;

/** Columns of tables that are in use. */
final class ColumnRules {
  private static final Set<String> SERIAL = Set.of("serial", "bigserial", "smallserial");

  static final List<Check> CHECKS = List.of(
      Check.on(Operation.AddColumn.class, squawk("adding-field-with-default", NEEDS_DBA,
          "a new column whose value must be computed for each row",
          "Each row gets its own value, so PostgreSQL writes the whole table anew, and nobody can read or write it meanwhile.",
          "Add the column without the default, set the default with ALTER COLUMN ... SET DEFAULT, and fill the existing rows in"
              + " batches. A constant or now() needs none of this since PostgreSQL 11."),
          (add, in) -> in.existing(add.table()) && computed(add.added(), in)),
      Check.on(Operation.AddColumn.class, squawk("adding-required-field", NEEDS_DBA,
          "a new column that is NOT NULL and has no default",
          "It fails on a table that has rows, and the application that runs now cannot insert any more.",
          "Add it without NOT NULL, or with a constant default; demand NOT NULL once everything fills it."),
          (add, in) -> in.existing(add.table()) && required(add.added())),
      Check.on(Operation.class, squawk("adding-not-nullable-field", NEEDS_DBA,
          "SET NOT NULL on a column or domain that is in use",
          "All rows are read to see whether one is NULL, under a lock that nobody can read or write beside; one NULL and it fails.",
          "Add CHECK (column IS NOT NULL) NOT VALID, fill the NULLs, VALIDATE CONSTRAINT in a later transaction, and then SET NOT"
              + " NULL, which PostgreSQL 12 and newer do without reading the table."),
          ColumnRules::setsNotNull),
      Check.on(Operation.ChangeType.class, squawk("changing-column-type", NEEDS_DBA,
          "a column that gets another type",
          "Most changes of type write the table and its indexes anew under a lock that nobody can read or write beside, and the"
              + " application that runs now may not understand the new type. (varchar to text or to a longer varchar does not rewrite.)",
          "Add a column of the new type, keep both filled with a trigger, copy the old rows in batches, and switch over."),
          (change, in) -> in.existing(change.table())),
      Check.on(Operation.DropColumn.class, squawk("ban-drop-column", NEEDS_DBA,
          "a column that is dropped",
          "Its data is lost, and the application that runs now fails wherever it still names it.",
          "Release an application that does not use the column first, and drop it in a later migration."),
          (drop, in) -> in.existing(drop.table())),
      Check.on(Operation.DropNotNull.class, squawk("ban-drop-not-null", WARN,
          "a column that may be NULL from now on",
          "Whatever reads it today relies on there being a value.",
          "Release readers that can live with NULL first."),
          (drop, in) -> in.existing(drop.table())),
      Check.on(Operation.RenameColumn.class, squawk("renaming-column", NEEDS_DBA,
          "a column that gets another name",
          "The application that runs now asks for the old name and fails until it is replaced.",
          "Add a column of the new name, keep both filled, move the readers over, and drop the old one later."),
          (rename, in) -> in.existing(rename.table())));

  private ColumnRules() {}

  private static boolean computed(Column column, Situation in) {
    boolean anyDefault = column.has(Constraint.Default.class);
    boolean changing = column.constraints().stream()
        .anyMatch(each -> (each instanceof Constraint.Default value && value.changing().isPresent())
            || (each instanceof Constraint.Generated generated && generated.stored())
            || each instanceof Constraint.Identity);
    return changing || SERIAL.contains(column.type().name()) || (anyDefault && in.olderThan(11));
  }

  private static boolean required(Column column) {
    boolean filled = column.has(Constraint.Default.class) || column.has(Constraint.Identity.class)
        || column.has(Constraint.Generated.class) || SERIAL.contains(column.type().name());
    return column.has(Constraint.NotNull.class) && !filled;
  }

  private static boolean setsNotNull(Operation operation, Situation in) {
    return switch (operation) {
      case Operation.SetNotNull set -> in.existing(set.table())
          && (in.olderThan(12) || !in.provedNotNull(set.table(), set.column()));
      case Operation.ConstrainDomain constrain -> constrain.notNull();
      default -> false;
    };
  }
}
