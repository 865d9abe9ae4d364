package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.NEEDS_DBA;
import static dev.offshoot.reporter.lint.Severity.WARN;

import java.util.List;
import java.util.function.Predicate;

import dev.offshoot.reporter.lint.sql.Constraint;
import dev.offshoot.reporter.lint.sql.Operation;

/** Constraints that rows which are there already have to meet. */
final class ConstraintRules {
  static final List<Check> CHECKS = List.of(
      Check.onAny(squawk("adding-foreign-key-constraint", NEEDS_DBA,
          "a foreign key that is checked at once",
          "All rows are compared with the other table while nobody can write to either of them.",
          "Add it as NOT VALID, which only checks new rows, and VALIDATE CONSTRAINT in a later transaction, beside which people"
              + " can write."),
          (operation, in) -> adds(operation, in, each -> each instanceof Constraint.ForeignKey && !each.notValid())),
      Check.onAny(squawk("constraint-missing-not-valid", NEEDS_DBA,
          "a CHECK, EXCLUDE or NOT NULL constraint that is checked at once, or in the transaction that adds it",
          "All rows are read while the lock of ALTER TABLE is held, so that nobody can write, or even read, until it is done.",
          "Add it as NOT VALID and VALIDATE CONSTRAINT in a script of its own: each script is a transaction, and locks are held to"
              + " its end. An EXCLUDE constraint cannot be added that way; let a DBA choose the time."),
          ConstraintRules::checkedAtOnce),
      Check.onAny(squawk("adding-serial-primary-key-field", NEEDS_DBA,
          "a primary key whose index is built at once",
          "Nobody can read or write the table until the index is built.",
          "CREATE UNIQUE INDEX CONCURRENTLY first, in a script of its own, then ADD CONSTRAINT ... PRIMARY KEY USING INDEX."),
          (operation, in) -> adds(operation, in,
              each -> each instanceof Constraint.PrimaryKey key && !key.usingIndex())),
      Check.onAny(squawk("disallowed-unique-constraint", NEEDS_DBA,
          "a UNIQUE constraint whose index is built at once",
          "Nobody can read or write the table until the index is built, and one duplicate makes it fail.",
          "CREATE UNIQUE INDEX CONCURRENTLY first, in a script of its own, then ADD CONSTRAINT ... UNIQUE USING INDEX."),
          (operation, in) -> adds(operation, in, each -> each instanceof Constraint.Unique one && !one.usingIndex())),
      Check.on(Operation.CreateDomain.class, squawk("ban-create-domain-with-constraint", WARN,
          "a new domain with a constraint",
          "When the constraint has to change one day, every column of the domain is checked at once, in all tables.",
          "Use the plain type, and put a CHECK constraint on each table."),
          (create, _) -> create.constrained()),
      Check.on(Operation.ConstrainDomain.class, squawk("ban-alter-domain-with-add-constraint", NEEDS_DBA,
          "a constraint that is added to a domain",
          "Every column of the domain is read and checked, in all tables, and nobody can write to them meanwhile.",
          "Put a CHECK constraint on each table, as NOT VALID first."),
          (constrain, _) -> !constrain.notNull()));

  private ConstraintRules() {}

  /** Whether a table in use gets such a constraint, by itself or with a column. */
  private static boolean adds(Operation operation, Situation in, Predicate<Constraint> such) {
    return switch (operation) {
      case Operation.AddConstraint add -> in.existing(add.table()) && such.test(add.constraint());
      case Operation.AddColumn add -> in.existing(add.table()) && add.added().constraints().stream().anyMatch(such);
      default -> false;
    };
  }

  private static boolean checkedAtOnce(Operation operation, Situation in) {
    return switch (operation) {
      case Operation.ValidateConstraint validate -> in.existing(validate.table())
          && in.addedNotValidHere(validate.table(), validate.name());
      case Operation.AddConstraint add -> adds(add, in, each -> switch (each) {
        case Constraint.Exclude _ -> true;
        case Constraint.Check check -> !check.notValid();
        case Constraint.NotNull notNull -> !notNull.notValid();
        default -> false;
      });
      default -> adds(operation, in, each -> each instanceof Constraint.Check);
    };
  }
}
