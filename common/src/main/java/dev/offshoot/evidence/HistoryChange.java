package dev.offshoot.evidence;

/**
 * One place where the commit does not go with the schema history.
 *
 * @param script the file's name, with its folders below that of the migrations, in the history or in the commit
 * @param version empty for a repeatable migration
 * @param inherited whether the migration came with the snapshot: then a clone made anew has it too
 * @param sentence for people
 */
public record HistoryChange(String script, String version, Kind kind, boolean inherited, String sentence) {

  /** What changed. */
  public enum Kind {
    /** Applied, and another text now. */
    EDITED,
    /** Applied, and under another description now. */
    RENAMED,
    /** Applied, and under another version now. */
    RENUMBERED,
    /** Applied, and not in the commit. */
    REMOVED,
    /** New, and numbered below what was applied. */
    BELOW,
    /** Failed half-way without a transaction. */
    HALF_DONE,
    /** Anything else that Flyway does not take. */
    OTHER
  }
}
