package dev.offshoot.reporter.lint.sql;

import java.util.List;

/** A column as it is declared. */
public record Column(String name, ColumnType type, List<Constraint> constraints) {
  public Column {
    constraints = List.copyOf(constraints);
  }

  public boolean has(Class<? extends Constraint> kind) {
    return constraints.stream().anyMatch(kind::isInstance);
  }
}
