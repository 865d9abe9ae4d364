package dev.offshoot.reporter.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.config.ReportPolicy;
import dev.offshoot.config.ReportPolicy.Consequence;
import dev.offshoot.config.ReportReason;
import dev.offshoot.environment.Judgement;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.Rewrite;
import dev.offshoot.evidence.RowCounts;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.reporter.lint.Severity;
import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Drift;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FailedRun;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.LintFinding;
import dev.offshoot.reporter.model.Masking;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Rehearsal;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.SearchDifference;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.model.Verdict;
import dev.offshoot.reporter.model.Verdict.Reason;
import dev.offshoot.reporter.model.Verdict.Weight;
import dev.offshoot.reporter.text.Figures;

/** Makes a verdict of findings: the gravest of the reasons, each of which counts as the repository's policy says. */
public final class Judge {
  /** More than anybody reads; the gravest are kept. */
  private static final int MOST_REASONS = 200;
  private static final String PRODUCTION = "On Production's snapshot: ";

  private final ReportPolicy policy;
  private final List<Reason> reasons = new ArrayList<>();

  private Judge(ReportPolicy policy) {
    this.policy = policy;
  }

  /** The whole report: findings, verdict, and what was not checked. */
  public static DeltaReport report(Findings findings, ReportPolicy policy) {
    return new DeltaReport(verdict(findings, policy), findings, Unchecked.of(findings));
  }

  public static Verdict verdict(Findings findings, ReportPolicy policy) {
    Judge judge = new Judge(policy);
    judge.hear(findings);
    List<Reason> ordered = judge.reasons.stream()
        .sorted(Comparator.comparing(Reason::weight).reversed()).limit(MOST_REASONS).toList();
    Judgement judgement = ordered.stream().findFirst().map(reason -> judgement(reason.weight())).orElse(Judgement.PASS);
    return new Verdict(judgement, ordered, Summary.of(findings));
  }

  private static Judgement judgement(Weight gravest) {
    return switch (gravest) {
      case NOTE -> Judgement.PASS;
      case NEEDS_DBA -> Judgement.NEEDS_DBA;
      case BLOCKS -> Judgement.BLOCKED;
    };
  }

  private void hear(Findings findings) {
    findings.failure().map(FailedRun::failure).ifPresent(failure -> add(ReportReason.MIGRATION_FAILED,
        failure.reason(), failure.script().map(script -> script + failure.line().map(line -> ":" + line).orElse(""))));
    switch (findings.trial()) {
      case Part.Present<Trial>(Trial trial) -> trial(trial, "");
      case Part.Missing<Trial> missing -> {
        if (!findings.plan().migrations().isEmpty()) {
          add(ReportReason.NOT_MEASURED, "What the migrations lock and rewrite was not measured: " + missing.why());
        }
      }
    }
    switch (findings.schema()) {
      case Part.Present<SchemaDifference> difference -> removed(difference.value());
      case Part.Missing<SchemaDifference> missing ->
          add(ReportReason.SCHEMA_NOT_COMPARED, "The schemas could not be compared: " + missing.why());
    }
    findings.lint().found().map(Excerpt::items).orElse(List.of()).forEach(this::lint);
    findings.collisions().found().map(Excerpt::items).orElse(List.of()).forEach(this::collision);
    findings.masking().found().ifPresent(masking -> masking.constraints().items().forEach(
        constraint -> add(ReportReason.MASKED_CONSTRAINT, constraint.name() + " of " + constraint.table()
            + " was tried on masked values only (" + String.join(", ", constraint.columns()) + ")")));
    findings.production().ifPresent(production -> production(production, findings));
    findings.drift().found().filter(drift -> !drift.difference().changes().isEmpty()).ifPresent(this::drift);
    drifted(findings.history()).ifPresent(history -> add(ReportReason.PRODUCTION_DRIFT, history("Production", history)));
    drifted(findings.stagingHistory()).ifPresent(history -> add(ReportReason.STAGING_DRIFT, history("Staging", history)));
    findings.search().ifPresent(this::search);
    findings.configuration().flatMap(Part::found).map(Excerpt::items).orElse(List.of()).forEach(this::setting);
  }

  private void setting(FlywaySetting setting) {
    String text = setting.file() + (setting.key().isEmpty() ? "" : ": " + setting.key()) + " " + setting.says();
    switch (setting.heed()) {
      case HEEDED -> { }
      case NOT_HEEDED -> add(ReportReason.CONFIGURATION_NOT_HEEDED, text);
      case RUNS_OTHERWISE -> add(ReportReason.RUNS_OTHERWISE, text);
    }
  }

  private void search(Part<SearchDifference> search) {
    switch (search) {
      case Part.Present<SearchDifference>(SearchDifference difference) -> difference.reindex().items().forEach(one -> add(
          switch (one.need()) {
            case NEEDED -> ReportReason.REINDEX_NEEDED;
            case ADVISED -> ReportReason.REINDEX_ADVISED;
          }, "Search index: " + one.subject() + ": " + one.why()));
      case Part.Missing<SearchDifference>(String why) ->
          add(ReportReason.SEARCH_NOT_COMPARED, "The search index's configuration could not be compared: " + why);
    }
  }

  private void production(Part<Rehearsal> production, Findings findings) {
    switch (production) {
      case Part.Missing<Rehearsal>(String why) -> {
        if (!findings.plan().migrations().isEmpty()) {
          add(ReportReason.NOT_REHEARSED, "Not tried on Production's snapshot: " + why);
        }
      }
      case Part.Present<Rehearsal>(Rehearsal rehearsal) -> {
        rehearsal.run().failure().ifPresent(this::rehearsalFailed);
        rehearsal.run().trial().found().ifPresent(trial -> trial(trial, PRODUCTION));
        List<Masking.Constraint> told = findings.masking().found().map(Masking::constraints).map(Excerpt::items).orElse(List.of());
        rehearsal.masking().found().ifPresent(masking -> masking.constraints().items().stream()
            .filter(constraint -> !told.contains(constraint)).forEach(constraint -> add(ReportReason.MASKED_CONSTRAINT,
                PRODUCTION + constraint.name() + " of " + constraint.table() + " was tried on masked values only ("
                    + String.join(", ", constraint.columns()) + ")")));
      }
    }
  }

  private void rehearsalFailed(FailedRun failed) {
    String rows = failed.statement().flatMap(StatementFailure::rows).map(found -> "; " + (found.more() ? "at least " : "")
        + Figures.count(found.count()) + " rows are in the way").orElse("");
    add(ReportReason.REHEARSAL_FAILED, PRODUCTION + failed.failure().reason() + rows, failed.failure().script()
        .map(script -> script + failed.failure().line().map(line -> ":" + line).orElse("")));
  }

  /** @param on where it ran, to begin a sentence with; empty for the environment's own clone */
  private void trial(Trial trial, String on) {
    Set<String> made = trial.made();
    trial.statements().forEach(statement -> statement(statement, made, on));
  }

  private void statement(StatementEvidence statement, Set<String> made, String on) {
    Optional<String> place = Optional.of(statement.source().script() + ":" + statement.source().line());
    statement.locking().locks().stream().filter(lock -> lock.granted() && lock.mode().blocksWrites())
        .filter(lock -> lock.span().took().compareTo(policy.lockLimit()) >= 0)
        .filter(lock -> lock.relation().kind().isQueried() && !made.contains(lock.relation().name()))
        .max(Lock.GRAVEST)
        .ifPresent(lock -> add(
            lock.mode().blocksReads() ? ReportReason.LOCK_BLOCKS_READS : ReportReason.LOCK_BLOCKS_WRITES,
            on + lock.mode().words() + " on " + lock.relation().name() + " for " + Figures.time(lock.span().took()), place));
    statement.effects().rewrites().stream().filter(Rewrite::wroteRows).filter(rewrite -> !made.contains(rewrite.relation().name()))
        .forEach(rewrite -> add(ReportReason.TABLE_REWRITTEN,
            on + rewrite.relation().name() + " was rewritten, " + Figures.bytes(rewrite.bytes()), place));
    statement.effects().rows().map(RowCounts::total).filter(rows -> rows >= policy.rowLimit())
        .ifPresent(rows -> add(ReportReason.MANY_ROWS_CHANGED, on + Figures.count(rows) + " rows changed", place));
    statement.locking().waits().stream().filter(wait -> wait.event().startsWith("Lock:")).forEach(
        wait -> add(ReportReason.WAITED_FOR_LOCK, on + "It waited " + Figures.time(wait.took()) + " for a lock"
            + (wait.behind().isEmpty() ? "" : ", behind " + wait.behind()), place));
    if (!statement.execution().inTransaction()) {
      add(ReportReason.NOT_TRANSACTIONAL, on + "It ran outside a transaction: what it did is not undone when a later"
          + " statement fails", place);
    }
  }

  private void removed(SchemaDifference difference) {
    difference.changes().items().stream().filter(change -> change.kind() == SchemaDifference.Kind.REMOVED)
        .filter(change -> !hasBecomeAConstraint(change, difference))
        .forEach(change -> add(ReportReason.OBJECT_REMOVED,
            change.type().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + change.name() + " is removed"));
    if (!difference.remarks().isEmpty()) {
      add(ReportReason.SCHEMA_NOT_COMPARED,
          DeltaReport.counted(difference.remarks().size(), "object") + " could not be read by the comparison");
    }
  }

  /** {@code ADD CONSTRAINT name … USING INDEX name}: the index is where it was, and belongs to the constraint. */
  private static boolean hasBecomeAConstraint(SchemaDifference.Change removed, SchemaDifference difference) {
    return removed.type().equals("INDEX") && difference.changes().items().stream().anyMatch(change ->
        change.kind() == SchemaDifference.Kind.ADDED && change.type().equals("CONSTRAINT") && change.name().equals(removed.name()));
  }

  private void lint(LintFinding finding) {
    Optional<String> place = Optional.of(finding.script() + ":" + finding.line());
    if (finding.silenced().isPresent()) {
      add(ReportReason.LINT_SILENCED, finding.rule() + " is silenced: " + finding.silenced().get(), place);
      return;
    }
    Consequence consequence = policy.ofRule(finding.rule()).orElseGet(() -> consequence(finding.severity()));
    add(ReportReason.LINT.id() + "/" + finding.rule(), consequence,
        finding.advice().title() + finding.weight().map(weight -> " (" + weight + ")").orElse(""), place);
  }

  private static Consequence consequence(Severity severity) {
    return switch (severity) {
      case WARN -> Consequence.NOTE;
      case NEEDS_DBA -> Consequence.NEEDS_DBA;
      case BLOCKED -> Consequence.BLOCK;
    };
  }

  private void collision(Collision collision) {
    String other = collision.with().map(with -> "branch " + with.branch()).orElse("Staging");
    switch (collision.kind()) {
      case SAME_VERSION -> add(ReportReason.SAME_VERSION,
          "Version " + collision.what() + " is also in " + other + ": whichever is merged second must renumber");
      case BELOW_STAGING -> add(ReportReason.BELOW_STAGING,
          "Version " + collision.what() + " is not above Staging's newest, so it would not be run there; renumber it");
      case SAME_TABLE -> add(ReportReason.SAME_TABLE, collision.what() + " is also changed by " + other);
    }
  }

  private void drift(Drift drift) {
    add(ReportReason.DRIFT, drift.comparison() + ": they differ in "
        + DeltaReport.counted(drift.difference().changes().total(), "object"));
  }

  private static Optional<ReplayedHistory> drifted(Optional<Part<ReplayedHistory>> history) {
    return history.flatMap(Part::found).filter(ReplayedHistory::drifted);
  }

  private static String history(String place, ReplayedHistory history) {
    return history.changes().isEmpty()
        ? place + "'s schema against what its own history makes of an empty database: "
            + DeltaReport.counted(history.difference().found().map(found -> found.changes().total()).orElse(0), "object") + " differ"
        : place + "'s history is not what the default branch has: " + String.join("; ", history.changes());
  }

  private void add(ReportReason reason, String text) {
    add(reason, text, Optional.empty());
  }

  private void add(ReportReason reason, String text, Optional<String> where) {
    add(reason.id(), policy.of(reason), text, where);
  }

  private void add(String id, Consequence consequence, String text, Optional<String> where) {
    Optional<Weight> weight = switch (consequence) {
      case IGNORE -> Optional.empty();
      case NOTE -> Optional.of(Weight.NOTE);
      case NEEDS_DBA -> Optional.of(Weight.NEEDS_DBA);
      case BLOCK -> Optional.of(Weight.BLOCKS);
    };
    weight.ifPresent(counted -> reasons.add(new Reason(id, counted, text, where)));
  }
}
