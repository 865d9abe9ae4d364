package dev.offshoot.migrator;

import java.util.List;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;

/** How a run ended. Trouble with the server is neither: it is thrown, and the run is repeated. */
sealed interface MigrationResult {
  /** The newest version in the schema history; empty when there is none. */
  String version();

  /** What this run applied, in order. */
  List<AppliedMigration> applied();

  /** The database is at the commit. */
  record Completed(String version, List<AppliedMigration> applied) implements MigrationResult {}

  /** The branch is to blame; what was applied before it stays. */
  record Stopped(String version, List<AppliedMigration> applied, MigrationFailure failure) implements MigrationResult {}
}
