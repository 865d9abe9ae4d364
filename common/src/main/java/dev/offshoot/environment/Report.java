package dev.offshoot.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest delta report.
 *
 * @param blob the key of the report in the blob store, without the ending ({@code .md}, {@code .json})
 * @param verdict one line for people; empty in what was written before it stood here
 */
public record Report(Incarnation incarnation, Commit commit, String blob, Instant at, Optional<String> verdict)
    implements Facet {

  public Report(Incarnation incarnation, Commit commit, String blob, Instant at) {
    this(incarnation, commit, blob, at, Optional.empty());
  }

  @Override
  public FacetName facet() {
    return FacetName.REPORT;
  }
}
