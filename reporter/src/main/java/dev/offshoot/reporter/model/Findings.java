package dev.offshoot.reporter.model;

import java.util.Optional;

/**
 * All that was found out: what the verdict and the list of what was not checked are worked out from.
 *
 * @param failure empty where the database is at the commit
 */
public record Findings(
    Header header,
    Plan plan,
    Part<SchemaDifference> schema,
    Part<Trial> trial,
    Optional<FailedRun> failure,
    Part<Excerpt<LintFinding>> lint,
    Part<Excerpt<Collision>> collisions,
    Part<Drift> drift,
    Part<Masking> masking,
    Part<Sizes> sizes) {

  /** The same with collisions as they are now. */
  public Findings with(Part<Excerpt<Collision>> now) {
    return new Findings(header, plan, schema, trial, failure, lint, now, drift, masking, sizes);
  }
}
