package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.own;
import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.BLOCKED;
import static dev.offshoot.reporter.lint.Severity.NEEDS_DBA;

import java.util.List;

import dev.offshoot.reporter.lint.sql.Operation;

/** What goes, or is not found under its name any more. */
final class DropRules {
  static final List<Check> CHECKS = List.of(
      Check.on(Operation.DropTables.class, squawk("ban-drop-table", NEEDS_DBA,
          "a table that is dropped",
          "Its data is lost, and the application that runs now fails wherever it still names it.",
          "Release an application that does not use the table, wait until nothing reads it, and drop it in a later migration."),
          (drop, in) -> drop.tables().stream().anyMatch(in::existing)),
      Check.on(Operation.DropOther.class, squawk("ban-drop-database", BLOCKED,
          "a database that is dropped",
          "All of its data is lost; and a migration cannot drop the database it runs in.",
          "Leave databases to those who run the server."),
          (drop, _) -> drop.kind().equals("DATABASE")),
      Check.on(Operation.DropOther.class, own("ban-drop-schema", NEEDS_DBA,
          "a schema that is dropped",
          "Everything that is in it is lost with it, or it fails because something is.",
          "Drop what is in it by name first, so that everybody can see what goes."),
          (drop, _) -> drop.kind().equals("SCHEMA") || drop.kind().equals("OWNED BY")),
      Check.on(Operation.Cascade.class, own("ban-drop-cascade", NEEDS_DBA,
          "DROP ... CASCADE",
          "What else goes with it depends on what is there: views, foreign keys and functions that nobody named.",
          "Drop what depends on it by name, so that the migration says what goes."),
          (_, _) -> true),
      Check.on(Operation.Truncate.class, squawk("ban-truncate-cascade", NEEDS_DBA,
          "TRUNCATE ... CASCADE",
          "It also empties every table that refers to this one, and those that refer to them.",
          "Name all the tables that shall be empty."),
          (truncate, in) -> truncate.cascade() && truncate.tables().stream().anyMatch(in::existing)),
      Check.on(Operation.Truncate.class, own("ban-truncate", NEEDS_DBA,
          "a table that is emptied",
          "All of its rows are lost, and nobody can read or write it until the transaction ends.",
          "Say in the change why the rows are not needed, and let a DBA agree."),
          (truncate, in) -> !truncate.cascade() && truncate.tables().stream().anyMatch(in::existing)),
      Check.on(Operation.TableChange.class, squawk("renaming-table", NEEDS_DBA,
          "a table that gets another name or schema",
          "The application that runs now asks for the old name and fails until it is replaced.",
          "Leave a view of the old name behind, or make a new table and move the readers over."),
          (change, in) -> (change instanceof Operation.RenameTable || change instanceof Operation.MoveTable)
              && in.existing(change.table())));

  private DropRules() {}
}
