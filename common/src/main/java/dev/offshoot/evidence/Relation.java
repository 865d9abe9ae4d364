package dev.offshoot.evidence;

/**
 * A table, index or the like.
 *
 * @param name with its schema, quoted where SQL needs it
 */
public record Relation(String name, Kind kind) {

  /** PostgreSQL's kinds of relations. */
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    INDEX,
    SEQUENCE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE,
    OTHER;

    /** Whether statements name it to read it, so that a lock on it keeps them waiting; an index or a sequence goes with its table. */
    public boolean isQueried() {
      return switch (this) {
        case TABLE, PARTITIONED_TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE, OTHER -> true;
        case INDEX, SEQUENCE -> false;
      };
    }

    /** Of {@code pg_class.relkind}. */
    public static Kind of(String relkind) {
      return switch (relkind) {
        case "r" -> TABLE;
        case "p" -> PARTITIONED_TABLE;
        case "i", "I" -> INDEX;
        case "S" -> SEQUENCE;
        case "v" -> VIEW;
        case "m" -> MATERIALIZED_VIEW;
        case "f" -> FOREIGN_TABLE;
        default -> OTHER;
      };
    }
  }
}
