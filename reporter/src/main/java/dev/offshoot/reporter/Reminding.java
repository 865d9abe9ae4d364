package dev.offshoot.reporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.config.ReportPolicy;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Request;
import dev.offshoot.reporter.collision.CollisionRadar;
import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Verdict;
import dev.offshoot.reporter.verdict.Judge;
import dev.offshoot.worker.Context;

/**
 * Warns the branches that were there before: when a branch was reported on, or is gone, the reports of those that collide
 * with it are written again (decision 0032). Whoever is later of two sees both, so neither stays unwarned. Law: what a
 * report says, its environment's facet comes to say too; that is asked for until the facet says it, whoever was killed between.
 */
final class Reminding {
  /** More branches than that on one table are no news. */
  private static final int MOST_REPORTS = 50;

  private final ReportBlobs blobs;
  private final Histories histories;
  private final Map<RepositoryKey, ReportPolicy> policies;

  Reminding(ReportBlobs blobs, Histories histories, Map<RepositoryKey, ReportPolicy> policies) {
    this.blobs = blobs;
    this.histories = histories;
    this.policies = Map.copyOf(policies);
  }

  /** @return what to ask for, so that those whose reports say something else now are told */
  List<Request> around(Origin origin, Context context) {
    List<Origin> concerned = new ArrayList<>(List.of(origin));
    context.environment().report().flatMap(Report::touches)
        .map(touches -> CollisionRadar.concerned(new CollisionRadar.Branch(origin, touches), context.state().all()))
        .ifPresent(concerned::addAll);
    return concerned.stream().limit(MOST_REPORTS).flatMap(one -> refreshed(one,
        one.equals(origin) ? "what it collides with has changed" : "because of " + origin.ref().branch(), context).stream()).toList();
  }

  /** All open branches of a repository: what they have in common is known now. */
  List<Request> all(RepositoryKey repository, String reason, Context context) {
    return context.state().all().stream().flatMap(state -> CollisionRadar.open(state).stream()).map(CollisionRadar.Branch::origin)
        .filter(origin -> origin.repository().equals(repository))
        .flatMap(origin -> refreshed(origin, reason, context).stream()).toList();
  }

  private Optional<Request> refreshed(Origin one, String reason, Context context) {
    EnvironmentState state = context.state().of(one.environment());
    Optional<Report> told = CollisionRadar.open(state).flatMap(_ -> state.report());
    return told.flatMap(report -> blobs.get(report.blob()).map(before -> again(before, report, context)).filter(now -> !isTold(now, report))
        .map(_ -> new Request.ReportRewritten(one, report.commit(), reason)));
  }

  private DeltaReport again(DeltaReport before, Report known, Context context) {
    Findings findings = before.findings();
    Part<Excerpt<Collision>> now = new Collisions(findings.header().subject().origin()).again(findings, context.state().all());
    Findings fresh = histories.in(findings.with(now), context);
    if (fresh.equals(findings)) {
      return before;
    }
    DeltaReport again = judged(fresh);
    blobs.put(known.blob(), again);
    return again;
  }

  /** Whether the facet, which the git host is told from, says what the report says. */
  static boolean isTold(DeltaReport report, Report facet) {
    Verdict verdict = report.verdict();
    return facet.verdict().equals(Optional.of(verdict.summary())) && facet.judgement().equals(Optional.of(verdict.judgement()))
        && facet.reasons().equals(Optional.of(verdict.gravest()));
  }

  DeltaReport judged(Findings findings) {
    RepositoryKey repository = findings.header().subject().origin().repository();
    return Judge.report(findings, policies.getOrDefault(repository, ReportPolicy.DEFAULT));
  }
}
