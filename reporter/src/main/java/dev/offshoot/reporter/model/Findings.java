package dev.offshoot.reporter.model;

import java.util.Optional;

/**
 * All that was found out: what the verdict and the list of what was not checked are worked out from.
 *
 * @param failure empty where the database is at the commit
 * @param search empty where branches do not configure the search index, or in reports of before that was looked at
 * @param production empty where no Production is configured, and in what was written before there was any
 * @param configuration what the branch tells Flyway by its own files; empty in what was written before that was looked at
 * @param history Production's; empty where no Production is configured, and in what was written before it was looked at
 * @param stagingHistory Staging's; empty in what was written before it was looked at
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
    Optional<Part<SearchDifference>> search,
    Optional<Part<Rehearsal>> production,
    Optional<Part<Excerpt<FlywaySetting>>> configuration,
    Optional<Part<ReplayedHistory>> history,
    Optional<Part<ReplayedHistory>> stagingHistory) {

  /** Without a word on the branch's own files for Flyway, or on what Staging's and Production's histories make. */
  public Findings(Header header, Plan plan, Part<SchemaDifference> schema, Part<Trial> trial, Optional<FailedRun> failure,
      Part<Excerpt<LintFinding>> lint, Part<Excerpt<Collision>> collisions, Part<Drift> drift, Part<Masking> masking, Part<Sizes> sizes,
      Optional<Part<SearchDifference>> search, Optional<Part<Rehearsal>> production) {
    this(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, search, production, Optional.empty(),
        Optional.empty(), Optional.empty());
  }

  /** Of a repository whose search index branches do not configure, without Production. */
  public Findings(Header header, Plan plan, Part<SchemaDifference> schema, Part<Trial> trial, Optional<FailedRun> failure,
      Part<Excerpt<LintFinding>> lint, Part<Excerpt<Collision>> collisions, Part<Drift> drift, Part<Masking> masking, Part<Sizes> sizes) {
    this(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, Optional.empty(), Optional.empty());
  }

  public Findings with(Optional<Part<SearchDifference>> compared) {
    return new Findings(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, compared, production, configuration,
        history, stagingHistory);
  }

  /** The same with collisions as they are now. */
  public Findings with(Part<Excerpt<Collision>> now) {
    return new Findings(
        header, plan, schema, trial, failure, lint, now, drift, masking, sizes, search, production, configuration, history, stagingHistory);
  }

  /** The same with what is known of Production now. */
  public Findings with(Part<Rehearsal> rehearsal, Part<Drift> now) {
    return new Findings(
        header, plan, schema, trial, failure, lint, collisions, now, masking, sizes, search, Optional.of(rehearsal), configuration, history,
        stagingHistory);
  }

  /** The same with what the branch tells Flyway. */
  public Findings told(Part<Excerpt<FlywaySetting>> settings) {
    return new Findings(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, search, production,
        Optional.of(settings), history, stagingHistory);
  }

  /** The same with what is known now of Production's own history. */
  public Findings withHistory(Optional<Part<ReplayedHistory>> now) {
    return new Findings(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, search, production, configuration, now,
        stagingHistory);
  }

  /** The same with what is known now of Staging's own history. */
  public Findings withStagingHistory(Part<ReplayedHistory> now) {
    return new Findings(header, plan, schema, trial, failure, lint, collisions, drift, masking, sizes, search, production, configuration,
        history, Optional.of(now));
  }

  /** What was rehearsed, if anything was. */
  public Optional<Rehearsal> rehearsed() {
    return production.flatMap(Part::found);
  }
}
