package dev.offshoot.reporter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Origin;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.reporter.collision.CollisionRadar;
import dev.offshoot.reporter.collision.Overtaken;
import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.source.MigrationSources;

/** What a branch is in the way of: other open branches as the state knows them, and Staging's branch as git knows it. */
final class Collisions {
  private static final int MOST = 200;

  private final Origin origin;

  Collisions(Origin origin) {
    this.origin = origin;
  }

  Part<Excerpt<Collision>> of(Findings findings, MigrationSources sources, Collection<EnvironmentState> all) {
    List<String> own = Stream.concat(findings.plan().migrations().items().stream().map(Plan.Migration::script),
        findings.plan().history().changes().stream().filter(change -> change.kind() == HistoryChange.Kind.BELOW).map(HistoryChange::script))
        .distinct().toList();
    boolean asks = !own.isEmpty() && !sources.takesOutOfOrder(origin.repository());
    Part<List<String>> staging = !asks ? Part.present(List.of()) : sources.ofStaging(origin.repository());
    return staging.map(names -> with(Overtaken.of(own, names), findings, all));
  }

  /** The same with other branches as they are now; what Staging's branch has is only read with a push. */
  Part<Excerpt<Collision>> again(Findings findings, Collection<EnvironmentState> all) {
    return findings.collisions().map(before -> with(
        before.items().stream().filter(one -> one.kind() == Collision.Kind.BELOW_STAGING).toList(), findings, all));
  }

  private Excerpt<Collision> with(List<Collision> known, Findings findings, Collection<EnvironmentState> all) {
    List<Collision> found = new ArrayList<>(known);
    found.addAll(CollisionRadar.around(new CollisionRadar.Branch(origin, Touched.of(findings)), all));
    return Excerpt.of(found, MOST);
  }
}
