package dev.offshoot.reporter.model;

import java.util.List;

/**
 * How one schema differs from another; owners, privileges and Flyway's history aside.
 *
 * @param changes the objects, in the order of their names
 * @param sql what would bring the old schema to the new
 * @param remarks what the comparison could not read
 */
public record SchemaDifference(Excerpt<Change> changes, String sql, List<String> remarks) {
  public SchemaDifference {
    remarks = List.copyOf(remarks);
  }

  public static final SchemaDifference NONE = new SchemaDifference(Excerpt.all(List.of()), "", List.of());

  /**
   * One object that differs.
   *
   * @param type such as TABLE
   * @param name qualified, not quoted
   */
  public record Change(Kind kind, String type, String name) {}

  /** What became of an object. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }
}
