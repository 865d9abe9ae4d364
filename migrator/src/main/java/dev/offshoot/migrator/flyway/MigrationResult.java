package dev.offshoot.migrator.flyway;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.migrator.watch.Watched;
import dev.offshoot.worker.Failure;

/**
 * How a run ended. Trouble with the server is none of its ends: it is thrown, and the run is repeated.
 *
 * @param base the newest version in the schema history before it; empty when there was none
 * @param version the newest one after it
 * @param applied what this run applied, in order
 * @param watched what was measured; empty when no script was started
 */
public record MigrationResult(String base, String version, List<AppliedMigration> applied, End end, Optional<Watched> watched) {
  public MigrationResult {
    applied = List.copyOf(applied);
  }

  /** Nothing was there to be run. */
  public static MigrationResult nothing() {
    return new MigrationResult("", "", List.of(), new Completed(), Optional.empty());
  }

  /** What became of the commit's migrations. */
  public sealed interface End {}

  /** The database is at the commit. */
  public record Completed() implements End {}

  /**
   * The branch is to blame; what was applied before it stays.
   *
   * @param passing the kind of trouble it may also be, that passes by itself: SQL can raise any SQLSTATE
   */
  public record Stopped(MigrationFailure failure, Optional<Failure.Kind> passing) implements End {
    public Stopped(MigrationFailure failure) {
      this(failure, failure.sqlState().flatMap(Classification::transientKind));
    }
  }

  /**
   * The commit does not go with the history; nothing was run.
   *
   * @param curable whether a clone made anew would take the commit
   * @param advice for the developer, where it is not made anew
   */
  public record Conflicting(List<HistoryChange> changes, boolean curable, MigrationFailure advice) implements End {
    public Conflicting {
      changes = List.copyOf(changes);
    }
  }
}
