package dev.offshoot.reporter.model;

import java.util.List;

/**
 * What masked data cannot tell.
 *
 * @param columns that do not hold Staging's values in the snapshot, as {@code schema.table.column}
 * @param constraints that the branch adds over such columns: whether real rows satisfy them was not tried
 */
public record Masking(Excerpt<String> columns, Excerpt<Constraint> constraints) {

  /** A constraint, unique index or NOT NULL. */
  public record Constraint(String name, String table, List<String> columns) {
    public Constraint {
      columns = List.copyOf(columns);
    }
  }
}
