package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.own;
import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.NEEDS_DBA;

import java.util.List;

import dev.offshoot.reporter.lint.sql.Operation;

/** What PostgreSQL can do beside other people's work, and is told to do alone. */
final class IndexRules {
  static final List<Check> CHECKS = List.of(
      Check.on(Operation.CreateIndex.class, squawk("require-concurrent-index-creation", NEEDS_DBA,
          "an index that is built without CONCURRENTLY",
          "Nobody can write to the table until the index is built.",
          "CREATE INDEX CONCURRENTLY in a script of its own. For a partitioned table: ON ONLY the parent, concurrently on each"
              + " partition, then ATTACH PARTITION."),
          (create, in) -> !create.concurrently() && !create.only() && in.existing(create.table())),
      Check.on(Operation.DropIndexes.class, squawk("require-concurrent-index-deletion", NEEDS_DBA,
          "an index that is dropped without CONCURRENTLY",
          "It waits for everybody who uses the table, and everybody who comes later waits behind it.",
          "DROP INDEX CONCURRENTLY in a script of its own."),
          (drop, in) -> !drop.concurrently() && drop.indexes().stream().anyMatch(in::existingIndex)),
      Check.on(Operation.Reindex.class, squawk("require-concurrent-reindex", NEEDS_DBA,
          "REINDEX without CONCURRENTLY",
          "Nobody can write to the table, nor read by way of the index, until it is built.",
          "REINDEX ... CONCURRENTLY, outside of a transaction."),
          (reindex, _) -> !reindex.concurrently()),
      Check.on(Operation.DetachPartition.class, squawk("require-concurrent-partition-detach", NEEDS_DBA,
          "DETACH PARTITION without CONCURRENTLY",
          "Nobody can read or write the whole partitioned table until everybody who uses it has ended and it is done.",
          "DETACH PARTITION ... CONCURRENTLY, outside of a transaction."),
          (detach, in) -> !detach.concurrently() && in.existing(detach.table())),
      Check.on(Operation.Rewrite.class, squawk("prefer-repack", NEEDS_DBA,
          "VACUUM FULL and CLUSTER",
          "They write the whole table anew, and nobody can read or write it meanwhile.",
          "REPACK (CONCURRENTLY) from PostgreSQL 19 on, the extension pg_repack before; or leave it to autovacuum."),
          (rewrite, in) -> rewrite.target().isEmpty() || in.existing(rewrite.target().get())),
      Check.on(Operation.RewriteTable.class, own("rewriting-table", NEEDS_DBA,
          "SET LOGGED, UNLOGGED, TABLESPACE or ACCESS METHOD; another expression of a generated column",
          "The whole table is written anew, and nobody can read or write it meanwhile.",
          "Let a DBA choose the time, or fill a new table beside it and switch over."),
          (rewrite, in) -> in.existing(rewrite.table())));

  private IndexRules() {}
}
