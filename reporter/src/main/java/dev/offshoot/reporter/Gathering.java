package dev.offshoot.reporter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Rehearsed;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.reporter.clone.CloneInspection;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Drift;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FailedRun;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Header;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.Rehearsal;
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
  private static final String COMPARED = "Production's schema against Staging's: a copy of Production's snapshot and the branch's"
      + " environment, both at the commit, by their catalogues";

  private final CloneInspection clone;
  private final MigrationSources sources;
  private final ReportBlobs blobs;
  private final Histories histories;
  private final Map<RepositoryKey, Rehearse> rehearsed;

  /** @param rehearsed the repositories that have a Production */
  Gathering(CloneInspection clone, MigrationSources sources, ReportBlobs blobs, Histories histories,
      Map<RepositoryKey, Rehearse> rehearsed) {
    this.clone = clone;
    this.sources = sources;
    this.blobs = blobs;
    this.histories = histories;
    this.rehearsed = Map.copyOf(rehearsed);
  }

  /** @throws Failure UNAVAILABLE for as long as waiting for the database may help */
  Findings of(Push push, Stores stores, Context context, Instant now) throws InterruptedException {
    Subject subject = push.subject();
    Optional<Epoch> epoch = context.state().of(subject.origin().source()).epochs()
        .flatMap(epochs -> epochs.find(stores.epoch()));
    Earlier earlier = Earlier.of(push, stores, context.environment().report(), blobs);
    Part<Evidence> evidence = blobs.evidence(push.evidence());
    Part<List<SourceFile>> files = sources.at(
        subject.origin().repository(), push.commit(), context.attempt() <= TRIES_OF_GIT);
    Plan plan = Planning.of(push, earlier.plan(files), evidence, files);
    Part<Trial> trial = earlier.trial(evidence, plan);
    Optional<DeltaReport> same = Optional.ofNullable(rehearsed.get(subject.origin().repository())).flatMap(_ -> earlier.ofTheSame(plan));
    CloneInspection.Seen seen = seen(subject, stores, masked(epoch), context);
    Collisions collisions = new Collisions(subject.origin());
    Findings findings = new Findings(
        header(subject, stores, epoch, now), plan, seen.schema(), trial,
        push.failure().map(failure -> new FailedRun(failure, failed(evidence))),
        Linting.of(plan, files, trial),
        Part.missing("not yet"),
        same.map(report -> report.findings().drift())
            .orElseGet(() -> Part.missing("it is looked for when the branch is rehearsed on Production's snapshot")),
        seen.masking(),
        seen.sizes().map(sizes -> touched(sizes, Touched.tables(seen.schema(), trial))),
        search(subject, push, context),
        production(subject.origin().repository(), same),
        Optional.of(sources.configuration(subject.origin().repository(), push.commit(), context.attempt() <= TRIES_OF_GIT)),
        Optional.empty(), Optional.empty());
    return histories.in(findings.with(collisions.of(findings, sources, context.state().all())), context);
  }

  private Optional<Part<SearchDifference>> search(Subject subject, Push push, Context context) {
    return sources.configSets(subject.origin().repository(), push.commit(), context.attempt() <= TRIES_OF_GIT)
        .map(read -> switch (read) {
          case Part.Missing<ConfigSets>(String why) -> Part.<SearchDifference>missing(why);
          case Part.Present<ConfigSets>(ConfigSets sets) -> SearchComparison.of(sets.staging(), sets.branch());
        });
  }

  /** The same migrations need no other rehearsal. */
  private Optional<Part<Rehearsal>> production(RepositoryKey repository, Optional<DeltaReport> same) {
    return Optional.ofNullable(rehearsed.get(repository)).map(rehearse ->
        same.flatMap(report -> report.findings().production()).orElseGet(() -> Part.missing(switch (rehearse) {
          case ON_PUSH -> "the rehearsal on Production's snapshot has not come to its end yet, or there was nothing to apply";
          case ON_COMMAND -> "nobody has asked for it; 'offshoot rehearse' does";
        })));
  }

  /**
   * What to ask for where nothing shows what the branch's migrations do to Production, and the migrator has asked for nothing, since it had
   * nothing to apply: they were applied by a push that failed later on, or that another one followed too soon.
   */
  Optional<Request> missing(Push push, Findings findings) {
    Subject subject = push.subject();
    boolean onPush = rehearsed.get(subject.origin().repository()) == Rehearse.ON_PUSH;
    return Optional.<Request>of(
            new Request.RehearseRequested(subject.origin(), subject.incarnation(), push.commit(), ReporterWorker.NAME))
        .filter(_ -> onPush && push.failure().isEmpty() && push.applied().isEmpty() && findings.plan().contentHash().isPresent()
            && findings.rehearsed().isEmpty());
  }

  /** What a rehearsal has shown, and what it says about Production; of the database while it stands. */
  Findings rehearsed(Findings findings, Rehearsed end, Context context) throws InterruptedException {
    Subject parent = findings.header().subject();
    Commit commit = parent.commit().orElseThrow();
    Subject subject = new Subject(
        parent.origin().rehearsing(new Origin.Rehearsal(commit, end.epoch())), end.incarnation(), Optional.of(commit));
    Optional<Epoch> epoch = context.state().of(subject.origin().source()).epochs().flatMap(epochs -> epochs.find(end.epoch()));
    EnvironmentState known = context.state().of(subject.origin().environment());
    Optional<Stores> stores = known.storesOf(end.incarnation());
    if (stores.isEmpty() && known.phase() != Phase.EXPIRING && known.phase() != Phase.DESTROYED && context.attempt() <= PATIENT_ATTEMPTS) {
      throw new Failure(Failure.Kind.BUSY, "What is known of the rehearsal has not come here yet");
    }
    Part<Evidence> evidence = blobs.evidence(end.evidence());
    Part<Trial> trial = evidence.map(one -> Trial.of(List.of(one)));
    CloneInspection.Seen seen = stores.isPresent() ? seen(subject, stores.get(), masked(epoch), context)
        : CloneInspection.Seen.nothing("the rehearsal was gone before it was looked at");
    Set<String> tables = new TreeSet<>(Touched.tables(seen.schema(), trial));
    tables.addAll(Touched.tables(findings.schema(), findings.trial()));
    Rehearsal rehearsal = new Rehearsal(
        new Rehearsal.Ground(commit, snapshot(end.epoch(), epoch)),
        new Rehearsal.Run(end.version(), end.applied(), trial,
            end.failure().map(failure -> new FailedRun(failure, failed(evidence)))),
        seen.schema(), seen.masking(), seen.sizes().map(sizes -> touched(sizes, tables)));
    return histories.in(findings.with(Part.present(rehearsal), drift(parent, subject, stores, end, context)), context);
  }

  /** Law: two that are both at the commit are compared, so whatever differs was different before. */
  private Part<Drift> drift(Subject parent, Subject rehearsal, Optional<Stores> rehearsed, Rehearsed end, Context context)
      throws InterruptedException {
    Optional<Stores> stores = context.environment().storesOf(parent.incarnation());
    if (end.failure().isPresent() || stores.isEmpty() || rehearsed.isEmpty()) {
      return Part.missing(end.failure().isPresent() ? "the rehearsal did not come to the commit, so the two are not comparable"
          : "one of the two databases was gone before they were compared");
    }
    try {
      return clone.between(new CloneInspection.Database(parent, stores.get()),
          new CloneInspection.Database(rehearsal, rehearsed.get())).map(difference -> new Drift(COMPARED, difference));
    } catch (Failure e) {
      if (e.kind().isTransient() && context.attempt() <= PATIENT_ATTEMPTS) {
        throw e;
      }
      return Part.missing(String.valueOf(e.getMessage()));
    }
  }

  private static Header.Snapshot snapshot(EpochId id, Optional<Epoch> epoch) {
    return new Header.Snapshot(id, Optional.of(epoch.map(Epoch::takenAt).orElseGet(id::takenAt)),
        epoch.flatMap(one -> one.of(StoreKind.POSTGRES)).map(StoreSnapshot::bytes));
  }

  private static Header header(Subject subject, Stores stores, Optional<Epoch> epoch, Instant now) {
    return new Header(subject, snapshot(stores.epoch(), epoch), now);
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
