package dev.offshoot.reporter;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.event.Subject;

/**
 * What the migrator said of a push.
 *
 * @param version the newest version in the schema history; empty where there is none
 * @param applied what this push's run applied, in order
 * @param evidence the key of what was measured
 */
record Push(
    Subject subject, Commit commit, String version, List<AppliedMigration> applied, Optional<MigrationFailure> failure,
    Optional<String> evidence) {
  Push {
    applied = List.copyOf(applied);
  }
}
