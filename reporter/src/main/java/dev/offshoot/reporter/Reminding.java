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
import dev.offshoot.reporter.collision.CollisionRadar;
import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.verdict.Judge;
import dev.offshoot.worker.Context;

/**
 * Warns the branches that were there before: when a branch was reported on, or is gone, the reports of those that collide
 * with it are written again (decision 0032). Whoever is later of two sees both, so neither stays unwarned.
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

  void around(Origin origin, Context context) {
    List<Origin> concerned = new ArrayList<>(List.of(origin));
    context.environment().report().flatMap(Report::touches)
        .map(touches -> CollisionRadar.concerned(new CollisionRadar.Branch(origin, touches), context.state().all()))
        .ifPresent(concerned::addAll);
    concerned.stream().limit(MOST_REPORTS).forEach(one -> refresh(one, context));
  }

  /** All open branches of a repository: what they have in common is known now. */
  void all(RepositoryKey repository, Context context) {
    context.state().all().stream().flatMap(state -> CollisionRadar.open(state).stream()).map(CollisionRadar.Branch::origin)
        .filter(origin -> origin.repository().equals(repository)).forEach(origin -> refresh(origin, context));
  }

  private void refresh(Origin origin, Context context) {
    EnvironmentState state = context.state().of(origin.environment());
    Optional<String> key = CollisionRadar.open(state).flatMap(_ -> state.report()).map(Report::blob);
    key.flatMap(blobs::get).ifPresent(report -> {
      Findings findings = report.findings();
      Part<Excerpt<Collision>> now = new Collisions(origin).again(findings, context.state().all());
      Findings fresh = histories.in(findings.with(now), context);
      if (!now.equals(findings.collisions()) || !fresh.history().equals(findings.history())) {
        blobs.put(key.get(), judged(fresh));
      }
    });
  }

  DeltaReport judged(Findings findings) {
    RepositoryKey repository = findings.header().subject().origin().repository();
    return Judge.report(findings, policies.getOrDefault(repository, ReportPolicy.DEFAULT));
  }
}
