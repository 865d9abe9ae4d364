package dev.offshoot.event;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.MigrationFailure;

/**
 * How a rehearsal ended.
 *
 * @param epoch Production's, which it ran on
 * @param incarnation of the rehearsal
 * @param version the newest one in the schema history after it; empty when there is none
 * @param applied what was pending in Production and could be applied, in order
 * @param failure why it stopped; a result like any other
 * @param evidence the key of what was measured, in the blob store; empty when nothing was
 */
public record Rehearsed(
    EpochId epoch, Incarnation incarnation, String version, List<AppliedMigration> applied, Optional<MigrationFailure> failure,
    Optional<String> evidence) {
  public Rehearsed {
    applied = List.copyOf(applied);
  }
}
