package dev.offshoot.reporter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.event.Subject;

/**
 * What a push did to an environment's database.
 *
 * @param at when it was written
 */
record DeltaReport(Subject subject, Snapshot snapshot, Run run, SchemaDifference difference, Instant at) {
  /** Said plainly, so that nobody takes silence for safety. */
  static final List<String> NOT_CHECKED = List.of(
      "Locks: which each statement takes and for how long",
      "Data: which rows change or are lost, and how long that takes at Production's size",
      "Drift: whether Production's schema is the snapshot's",
      "Compatibility: whether the running version of the application can live with the new schema",
      "Owners and privileges",
      "Collisions with other open branches",
      "Search index and Redis: whether the change needs a reindex or a flush");

  /**
   * What the environment was cloned from.
   *
   * @param takenAt empty where that is not known any more
   */
  record Snapshot(EpochId epoch, Optional<Instant> takenAt) {}

  /**
   * What the migrator did.
   *
   * @param version the newest version in the schema history
   * @param applied what this push's run applied, in order
   */
  record Run(String version, List<AppliedMigration> applied, Optional<MigrationFailure> failure) {
    Run {
      applied = List.copyOf(applied);
    }

    Duration took() {
      return applied.stream().map(AppliedMigration::took).reduce(Duration.ZERO, Duration::plus);
    }
  }

  /** One line for people. */
  String verdict() {
    return run.failure().map(failure -> "Failed: " + failure.summary())
        .orElseGet(() -> "Migrated: " + counted(run.applied().size(), "migration")
        + " applied in " + run.took().toMillis() + " ms; " + difference.summary());
  }

  static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
