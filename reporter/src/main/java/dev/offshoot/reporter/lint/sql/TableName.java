package dev.offshoot.reporter.lint.sql;

import java.util.Optional;

/**
 * The name of a table, or of something else that lives in a schema, as PostgreSQL folds it.
 *
 * @param schema empty where the search path decides
 */
public record TableName(Optional<String> schema, String name) {
  /** Where an unqualified name is unless somebody changes the search path. */
  private static final String PUBLIC = "public";

  /** Whether both are surely the same table as long as nobody changes the search path. */
  public boolean sameAs(TableName other) {
    return name.equals(other.name) && schema.orElse(PUBLIC).equals(other.schema.orElse(PUBLIC));
  }

  public TableName named(String other) {
    return new TableName(schema, other);
  }

  @Override
  public String toString() {
    return schema.map(first -> first + "." + name).orElse(name);
  }
}
