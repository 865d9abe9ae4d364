package dev.offshoot.environment;

import java.time.Instant;

/**
 * The newest delta report.
 *
 * @param blob the key of the report in the blob store, without the ending ({@code .md}, {@code .json})
 */
public record Report(Incarnation incarnation, Commit commit, String blob, Instant at) implements Facet {
  @Override
  public FacetName facet() {
    return FacetName.REPORT;
  }
}
