package dev.offshoot.reporter.lint.sql;

import java.util.Optional;

/**
 * The name of a table, or of something else that lives in a schema, as PostgreSQL folds it.
 *
 * @param schema empty where the search path decides
 */
public record TableName(Optional<String> schema, String name) {
  /**
   * Whether both may be the same table. With a schema and without one it depends on the search path, so that equal
   * names are surely the same table (until the search path changes) and others perhaps.
   */
  public boolean mayBe(TableName other) {
    return name.equals(other.name) && (schema.isEmpty() || other.schema.isEmpty() || schema.equals(other.schema));
  }

  public TableName named(String other) {
    return new TableName(schema, other);
  }

  @Override
  public String toString() {
    return schema.map(first -> first + "." + name).orElse(name);
  }
}
