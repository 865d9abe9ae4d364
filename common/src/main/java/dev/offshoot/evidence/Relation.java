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
