package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.WARN;

import java.util.List;
import java.util.Set;

import dev.offshoot.reporter.lint.sql.Operation;

/** Types that are regretted later. They are said of new tables too: there it is cheap to choose another. */
final class TypeRules {
  static final List<Check> CHECKS = List.of(
      Check.onColumn(squawk("ban-char-field", WARN,
          "char(n)",
          "It pads with blanks, which compare equal in some places and not in others, and is no faster than text.",
          "Use text, with a CHECK constraint for the length where it matters."),
          (column, _) -> column.type().name().equals("char")),
      Check.onColumn(squawk("prefer-text-field", WARN,
          "varchar(n)",
          "Making it shorter later needs a lock that nobody can read or write beside, while all rows are checked.",
          "Use text and CHECK (length(column) <= n): that can be changed with NOT VALID and VALIDATE."),
          (column, _) -> column.type().name().equals("varchar") && column.type().sized()),
      Check.onColumn(squawk("prefer-timestamptz", WARN,
          "timestamp without time zone",
          "It says a time of day and not where, so that it means another moment for each client's time zone.",
          "Use timestamptz, which takes the same eight bytes."),
          (column, _) -> column.type().name().equals("timestamp")),
      Check.onColumn(squawk("prefer-bigint-over-int", WARN,
          "integer and serial",
          "2.1 billion is less than it seems for keys, and going to bigint later writes the whole table anew.",
          "Use bigint."),
          (column, _) -> Set.of("integer", "serial").contains(column.type().name())),
      Check.onColumn(squawk("prefer-bigint-over-smallint", WARN,
          "smallint and smallserial",
          "It ends at 32,767, and seldom saves room: columns are aligned.",
          "Use bigint."),
          (column, _) -> Set.of("smallint", "smallserial").contains(column.type().name())),
      Check.onColumn(squawk("prefer-identity", WARN,
          "serial, bigserial and smallserial",
          "The sequence is an object of its own, with its own rights and owner, and the column can be written past it.",
          "Use bigint GENERATED ALWAYS AS IDENTITY."),
          (column, _) -> column.type().name().endsWith("serial")),
      Check.on(Operation.AddEnumValue.class, squawk("require-enum-value-ordering", WARN,
          "ADD VALUE without BEFORE or AFTER",
          "The value is put at the end, and every comparison and ORDER BY of the type sees it there.",
          "Say BEFORE or AFTER which value it belongs."),
          (add, _) -> !add.placed()));

  private TypeRules() {}
}
