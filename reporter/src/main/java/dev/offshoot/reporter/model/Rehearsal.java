package dev.offshoot.reporter.model;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.evidence.HistoryChange;

/**
 * What the migrations that are pending in Production did to a database of its newest snapshot. Never a promise about Production.
 *
 * @param ground what was tried on what
 * @param schema how it differs from the snapshot's after the run
 * @param masking what masked data of Production's snapshot cannot tell
 * @param sizes of Production's snapshot: the database, and the tables that the branch touches
 */
public record Rehearsal(Ground ground, Run run, Part<SchemaDifference> schema, Part<Masking> masking, Part<Sizes> sizes) {

  /**
   * @param commit whose migrations; an earlier one of the branch where that has the same migrations
   * @param snapshot one of Production's
   */
  public record Ground(Commit commit, Header.Snapshot snapshot) {}

  /**
   * How it went.
   *
   * @param version the newest in the schema history after it; empty where there is none
   * @param applied what was pending in Production and could be applied, in order
   * @param failure empty where the database came to the commit
   */
  public record Run(String version, List<AppliedMigration> applied, Part<Trial> trial, Optional<FailedRun> failure) {
    public Run {
      applied = List.copyOf(applied);
    }

    /** What of Production's history the commit does not go with. */
    public List<HistoryChange> changes() {
      return trial.found().stream().flatMap(found -> found.runs().stream()).flatMap(one -> one.plan().changes().stream()).toList();
    }
  }
}
