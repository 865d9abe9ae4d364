package dev.offshoot.reporter.lint.sql;

import java.util.Optional;

/** What is demanded of a column or a table, and what else may stand in that place of the grammar. */
public sealed interface Constraint {
  /** Empty where PostgreSQL makes one up. */
  default Optional<String> name() {
    return Optional.empty();
  }

  /** Whether rows that are there already are left unchecked. */
  default boolean notValid() {
    return false;
  }

  /** @param notNullColumn the column, where the condition is exactly that it is not null */
  record Check(Optional<String> name, boolean notValid, Optional<String> notNullColumn) implements Constraint {}

  record ForeignKey(Optional<String> name, boolean notValid, TableName references) implements Constraint {}

  record Unique(Optional<String> name, boolean usingIndex) implements Constraint {}

  record PrimaryKey(Optional<String> name, boolean usingIndex) implements Constraint {}

  record Exclude(Optional<String> name) implements Constraint {}

  /** @param column empty for the constraint of the column it stands at */
  record NotNull(Optional<String> name, boolean notValid, Optional<String> column) implements Constraint {}

  record Nullable() implements Constraint {}

  /** @param changing a function in it that is not known to give every row the same value */
  record Default(Optional<String> changing) implements Constraint {}

  record Identity() implements Constraint {}

  record Generated(boolean stored) implements Constraint {}
}
