package dev.offshoot.environment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the migrator last did to an incarnation's database.
 *
 * @param commit the commit whose migrations were brought in
 * @param version the newest version in the schema history; empty when there is none
 * @param applied what this run applied, in order
 * @param usable whether this incarnation was at some commit without failure at least once
 * @param failure why it stopped; empty when the database is at the commit
 */
public record Schema(
    Incarnation incarnation,
    Commit commit,
    String version,
    List<AppliedMigration> applied,
    boolean usable,
    Optional<MigrationFailure> failure,
    Instant at)
    implements Facet {
  public Schema {
    applied = List.copyOf(applied);
  }

  @Override
  public FacetName facet() {
    return FacetName.SCHEMA;
  }
}
