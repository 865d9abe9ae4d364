package dev.offshoot.reporter;

import java.util.List;

/** How the environment's schema differs from the snapshot's; owners, privileges and Flyway's history aside. */
sealed interface SchemaDifference {

  String summary();

  /**
   * @param changes the objects, in the order of their names
   * @param sql what would bring the snapshot's schema to the environment's
   * @param remarks what the comparison could not read
   */
  record Compared(List<Change> changes, String sql, List<String> remarks) implements SchemaDifference {
    public Compared {
      changes = List.copyOf(changes);
      remarks = List.copyOf(remarks);
    }

    @Override
    public String summary() {
      return changes.isEmpty()
          ? "the schema is the snapshot's"
          : "the schema differs from the snapshot's in " + DeltaReport.counted(changes.size(), "object");
    }
  }

  /** @param why for people */
  record NotCompared(String why) implements SchemaDifference {
    @Override
    public String summary() {
      return "the schema could not be compared";
    }
  }

  /**
   * One object that differs.
   *
   * @param type such as TABLE
   * @param name qualified, not quoted
   */
  record Change(Kind kind, String type, String name) {}

  /** What became of an object. */
  enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }
}
