package dev.offshoot.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.config.ReportPolicy.Consequence;

/** What a delta report's verdict can rest on. The ids are part of its contract. {@code docs/report.md} describes each. */
public enum ReportReason {
  MIGRATION_FAILED(Consequence.BLOCK),
  REHEARSAL_FAILED(Consequence.BLOCK),
  NOT_REHEARSED(Consequence.NEEDS_DBA),
  LOCK_BLOCKS_READS(Consequence.NEEDS_DBA),
  LOCK_BLOCKS_WRITES(Consequence.NEEDS_DBA),
  TABLE_REWRITTEN(Consequence.NEEDS_DBA),
  MANY_ROWS_CHANGED(Consequence.NEEDS_DBA),
  OBJECT_REMOVED(Consequence.NEEDS_DBA),
  NOT_TRANSACTIONAL(Consequence.NOTE),
  WAITED_FOR_LOCK(Consequence.NOTE),
  LINT(Consequence.NEEDS_DBA),
  LINT_SILENCED(Consequence.NOTE),
  SAME_VERSION(Consequence.NOTE),
  BELOW_STAGING(Consequence.BLOCK),
  SAME_TABLE(Consequence.NOTE),
  MASKED_CONSTRAINT(Consequence.NEEDS_DBA),
  DRIFT(Consequence.NEEDS_DBA),
  PRODUCTION_DRIFT(Consequence.NEEDS_DBA),
  STAGING_DRIFT(Consequence.NOTE),
  SCHEMA_NOT_COMPARED(Consequence.NEEDS_DBA),
  NOT_MEASURED(Consequence.NEEDS_DBA),
  REINDEX_NEEDED(Consequence.NEEDS_DBA),
  REINDEX_ADVISED(Consequence.NOTE),
  SEARCH_NOT_COMPARED(Consequence.NEEDS_DBA),
  CONFIGURATION_NOT_HEEDED(Consequence.NOTE),
  RUNS_OTHERWISE(Consequence.NEEDS_DBA);

  private final Consequence otherwise;

  ReportReason(Consequence otherwise) {
    this.otherwise = otherwise;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Consequence otherwise() {
    return otherwise;
  }

  public static Optional<ReportReason> of(String id) {
    return Stream.of(values()).filter(reason -> reason.id().equals(id)).findFirst();
  }
}
