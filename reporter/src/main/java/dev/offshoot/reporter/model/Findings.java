package dev.offshoot.reporter.model;

import java.util.Optional;

/**
 * All that was found out: what the verdict and the list of what was not checked are worked out from.
 *
 * @param failure empty where the database is at the commit
 * @param search empty where branches do not configure the search index, or in reports of before that was looked at
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
    Part<Sizes> sizes,
    Optional<Part<SearchDifference>> search) {

  /** Of a repository whose search index branches do not configure. */
  public Findings(Header header, Plan plan, Part<SchemaDifference> schema, Part<Trial> trial, Optional<FailedRun> failure,
      Part<Excerpt<LintFinding>> lint, Part<Excerpt<Collision>> collisions, Part<Drift> drift, Part<Masking> masking, Part<Sizes> sizes) {
    this(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, Optional.empty());
  }

  public Findings with(Optional<Part<SearchDifference>> compared) {
    return new Findings(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, compared);
  }

  /** The same with collisions as they are now. */
  public Findings with(Part<Excerpt<Collision>> now) {
    return new Findings(header, plan, schema, trial, failure, lint, now, drift, masking, sizes, search);
  }
}
