package dev.offshoot.migrator;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.migrator.watch.Watched;

/**
 * How a run ended. Trouble with the server is none of its ends: it is thrown, and the run is repeated.
 *
 * @param base the newest version in the schema history before it; empty when there was none
 * @param version the newest one after it
 * @param applied what this run applied, in order
 * @param watched what was measured; empty when no script was started
 */
record MigrationResult(String base, String version, List<AppliedMigration> applied, End end, Optional<Watched> watched) {
  MigrationResult {
    applied = List.copyOf(applied);
  }

  /** Nothing was there to be run. */
  static MigrationResult nothing() {
    return new MigrationResult("", "", List.of(), new Completed(), Optional.empty());
  }

  /** What became of the commit's migrations. */
  sealed interface End {}

  /** The database is at the commit. */
  record Completed() implements End {}

  /**
   * The branch is to blame; what was applied before it stays.
   *
   * @param said by the server of the statement that failed
   */
  record Stopped(MigrationFailure failure, Optional<SQLException> said) implements End {
    Stopped(MigrationFailure failure) {
      this(failure, Optional.empty());
    }
  }

  /**
   * The commit does not go with the history; nothing was run.
   *
   * @param curable whether a clone made anew would take the commit
   * @param advice for the developer, where it is not made anew
   */
  record Conflicting(List<HistoryChange> changes, boolean curable, MigrationFailure advice) implements End {
    Conflicting {
      changes = List.copyOf(changes);
    }
  }
}
