package dev.offshoot.reporter.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.offshoot.evidence.HistoryChange;

/**
 * The migrations that the branch adds to its snapshot, in the order they were run in: those of this push, and those of
 * earlier pushes to the same incarnation.
 *
 * @param contentHash SHA-256 over names and SQL, which an approval can bind to; empty where the SQL is not known
 */
public record Plan(History history, Excerpt<Migration> migrations, Optional<String> contentHash) {

  /**
   * What this push met in the schema history.
   *
   * @param version the newest version there after the run; empty where there is none
   * @param rebuilt why the environment was made anew; empty where it was not
   * @param changes what of the history the commit does not go with
   */
  public record History(String version, Optional<String> rebuilt, List<HistoryChange> changes) {
    public History {
      changes = List.copyOf(changes);
    }
  }

  /**
   * One file.
   *
   * @param version empty for a repeatable migration
   * @param sql the whole file; empty where it could not be read
   * @param thisPush whether it was this push that ran it
   */
  public record Migration(
      String version, String description, String script, State state, Duration took, Optional<String> sql,
      boolean thisPush) {}

  /** What became of a migration. */
  public enum State {
    APPLIED,
    FAILED
  }

  public List<Migration> ofThisPush() {
    return migrations.items().stream().filter(Migration::thisPush).toList();
  }
}
