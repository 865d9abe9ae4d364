package dev.offshoot.reporter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.reporter.clone.CloneInspection;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FailedRun;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Header;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.SearchDifference;
import dev.offshoot.reporter.model.Sizes;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.search.SearchComparison;
import dev.offshoot.reporter.source.MigrationSources;
import dev.offshoot.reporter.source.MigrationSources.ConfigSets;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;

/** Finds out all that a report says of one migrated push. */
final class Gathering {
  /** After so many tries a report with a part missing is better than none. */
  private static final int PATIENT_ATTEMPTS = 5;
  private static final int TRIES_OF_GIT = 2;
  private static final int MOST_TABLES = 100;

  private final CloneInspection clone;
  private final MigrationSources sources;
  private final ReportBlobs blobs;

  Gathering(CloneInspection clone, MigrationSources sources, ReportBlobs blobs) {
    this.clone = clone;
    this.sources = sources;
    this.blobs = blobs;
  }

  /** @throws Failure UNAVAILABLE for as long as waiting for the database may help */
  Findings of(Push push, Stores stores, Context context, Instant now) throws InterruptedException {
    Subject subject = push.subject();
    Optional<Epoch> epoch = context.state().of(EnvironmentId.staging(subject.origin().repository())).epochs()
        .flatMap(epochs -> epochs.find(stores.epoch()));
    Optional<DeltaReport> before = earlier(subject, context);
    Part<Evidence> evidence = blobs.evidence(push.evidence());
    Part<Trial> trial = trial(before, evidence, push.commit());
    Part<List<SourceFile>> files = sources.at(
        subject.origin().repository(), push.commit(), context.attempt() <= TRIES_OF_GIT);
    Plan plan = Planning.of(push, before.map(report -> report.findings().plan()), evidence, files);
    CloneInspection.Seen seen = seen(subject, stores, masked(epoch), context);
    Collisions collisions = new Collisions(subject.origin());
    Findings findings = new Findings(
        header(subject, stores, epoch, now), plan, seen.schema(), trial,
        push.failure().map(failure -> new FailedRun(failure, failed(evidence))),
        Linting.of(plan, files, trial),
        Part.missing("not yet"),
        Part.missing("neither is compared with its history yet"),
        seen.masking(),
        seen.sizes().map(sizes -> touched(sizes, Touched.tables(seen.schema(), trial))));
    return findings.with(search(subject, push, context)).with(collisions.of(findings, sources, context.state().all()));
  }

  private Optional<Part<SearchDifference>> search(Subject subject, Push push, Context context) {
    return sources.configSets(subject.origin().repository(), push.commit(), context.attempt() <= TRIES_OF_GIT)
        .map(read -> switch (read) {
          case Part.Missing<ConfigSets>(String why) -> Part.<SearchDifference>missing(why);
          case Part.Present<ConfigSets>(ConfigSets sets) -> SearchComparison.of(sets.staging(), sets.branch());
        });
  }

  private static Header header(Subject subject, Stores stores, Optional<Epoch> epoch, Instant now) {
    return new Header(subject, new Header.Snapshot(stores.epoch(),
        Optional.of(epoch.map(Epoch::takenAt).orElseGet(() -> stores.epoch().takenAt())),
        epoch.flatMap(one -> one.of(StoreKind.POSTGRES)).map(StoreSnapshot::bytes)), now);
  }

  /** The last report of the same incarnation: what earlier pushes did is still in the database. */
  private Optional<DeltaReport> earlier(Subject subject, Context context) {
    return context.environment().report().filter(report -> report.incarnation().equals(subject.incarnation()))
        .map(Report::blob).flatMap(blobs::get);
  }

  private static Part<Trial> trial(Optional<DeltaReport> before, Part<Evidence> evidence, Commit commit) {
    List<Evidence> earlier = before.flatMap(report -> report.findings().trial().found()).map(Trial::runs)
        .orElse(List.of()).stream().filter(run -> !run.run().commit().equals(commit)).toList();
    return evidence.map(now -> {
      List<Evidence> runs = new ArrayList<>(earlier);
      runs.add(now);
      return Trial.of(runs);
    });
  }

  private static Optional<StatementFailure> failed(Part<Evidence> evidence) {
    return evidence.found().map(Evidence::statements).orElse(List.of()).stream().map(StatementEvidence::execution)
        .flatMap(execution -> execution.failure().stream()).reduce((_, last) -> last);
  }

  private CloneInspection.Seen seen(Subject subject, Stores stores, Part<List<String>> masked, Context context)
      throws InterruptedException {
    try {
      return clone.of(subject, stores, masked);
    } catch (Failure e) {
      if (e.kind().isTransient() && context.attempt() <= PATIENT_ATTEMPTS) {
        throw e;
      }
      return CloneInspection.Seen.nothing(String.valueOf(e.getMessage()));
    }
  }

  private static Part<List<String>> masked(Optional<Epoch> epoch) {
    return epoch.flatMap(one -> one.of(StoreKind.POSTGRES)).map(StoreSnapshot::masked).map(Part::present)
        .orElseGet(() -> Part.missing("the snapshot is gone, and what was masked in it was said there"));
  }

  private static Sizes touched(Sizes sizes, Set<String> tables) {
    return new Sizes(sizes.database(), Excerpt.of(
        sizes.tables().items().stream().filter(table -> tables.contains(table.name())).toList(), MOST_TABLES));
  }
}
