package dev.offshoot.reporter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.flyway.Migrations;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.source.ScriptTexts;

/**
 * What is still true of what earlier reports of an environment say (decision 0033). Laws: what was applied to the database by earlier pushes is
 * the branch's as much as what this one applied; and what the same migrations have shown is found whatever was pushed, or failed, since.
 */
final class Earlier {
  /** Reading more takes longer than a rehearsal, which is what follows where nothing is found. */
  private static final int MOST_READ = 100;
  private static final Comparator<DeltaReport> NEWEST = Comparator.comparing(Earlier::snapshot)
      .thenComparing(report -> report.findings().header().at());

  private final Push push;
  private final Optional<DeltaReport> last;
  private final ReportBlobs blobs;

  private Earlier(Push push, Optional<DeltaReport> last, ReportBlobs blobs) {
    this.push = push;
    this.last = last;
    this.blobs = blobs;
  }

  /**
   * @param stores of the incarnation that is reported on
   * @param known the environment's newest report
   */
  static Earlier of(Push push, Stores stores, Optional<Report> known, ReportBlobs blobs) {
    return new Earlier(push, known.map(Report::blob).flatMap(blobs::get).filter(report -> isOfTheDatabase(report, push, stores)), blobs);
  }

  /**
   * Of the same incarnation, or of the one that this was restored from: whatever of its migrations a run to the end has not applied on a clone
   * of the same snapshot was there before.
   */
  private static boolean isOfTheDatabase(DeltaReport report, Push push, Stores stores) {
    return incarnation(report).equals(push.subject().incarnation())
        || (push.failure().isEmpty() && report.findings().header().snapshot().epoch().equals(stores.epoch()));
  }

  /** What was applied before this push. */
  List<Plan.Migration> plan(Part<List<SourceFile>> files) {
    ScriptTexts texts = new ScriptTexts(files.found().orElse(List.of()));
    boolean restored = last.filter(report -> !incarnation(report).equals(push.subject().incarnation())).isPresent();
    // what was edited away before a rebuild is not in the commit; where that cannot be read, only what needed no run at all is sure to be there
    boolean unsure = files.found().isEmpty() && !push.applied().isEmpty();
    return last.map(report -> report.findings().plan().migrations()).map(Excerpt::items).orElse(List.of()).stream()
        .filter(one -> one.state() == Plan.State.APPLIED)
        .filter(one -> !restored || (files.found().isEmpty() ? !unsure : texts.of(one.script()).isPresent())).toList();
  }

  /**
   * The runs of earlier pushes, and this one's; without it where nothing was applied that could have been measured. Of each migration of the plan
   * the statements of the run that came to it last are told, and of no other migration: what is not in the commit any more is no news of it.
   */
  Part<Trial> trial(Part<Evidence> evidence, Plan plan) {
    List<Evidence> before = last.flatMap(report -> report.findings().trial().found()).map(Trial::runs).orElse(List.of())
        .stream().filter(run -> !isThisRun(run)).toList();
    return switch (evidence) {
      case Part.Present<Evidence>(Evidence now) -> Part.present(Trial.of(ofThePlan(before, Optional.of(now), plan)));
      case Part.Missing<Evidence>(String why) -> {
        List<Evidence> runs = ofThePlan(before, Optional.empty(), plan);
        yield runs.isEmpty() || !push.applied().isEmpty() || push.failure().isPresent() ? Part.missing(why) : Part.present(Trial.of(runs));
      }
    };
  }

  private List<Evidence> ofThePlan(List<Evidence> before, Optional<Evidence> now, Plan plan) {
    Set<String> wanted = plan.migrations().items().stream().map(one -> Migrations.file(one.script())).collect(Collectors.toSet());
    List<Evidence> runs = new ArrayList<>();
    // where a failure names no file, the plan does not know what was running
    now.map(run -> push.failure().isPresent() ? run : told(run, wanted)).ifPresent(run -> {
      runs.add(run);
      run.statements().forEach(one -> wanted.remove(file(one)));
    });
    for (Evidence run : before.reversed()) {
      Evidence left = told(run, applied(run, wanted));
      if (!left.statements().isEmpty()) {
        runs.addFirst(left);
        left.statements().forEach(one -> wanted.remove(file(one)));
      }
    }
    return runs;
  }

  /** What failed in an earlier run was undone, whatever its file has become since. */
  private static Set<String> applied(Evidence run, Set<String> wanted) {
    Set<String> failed = run.statements().stream().filter(one -> one.execution().failure().isPresent()).map(Earlier::file)
        .collect(Collectors.toSet());
    return wanted.stream().filter(file -> !failed.contains(file)).collect(Collectors.toSet());
  }

  private static Evidence told(Evidence run, Set<String> wanted) {
    return new Evidence(run.run(), run.plan(),
        run.scripts().stream().filter(one -> wanted.contains(Migrations.file(one.script()))).toList(),
        run.statements().stream().filter(one -> wanted.contains(file(one))).toList(), run.measuring());
  }

  private static String file(StatementEvidence statement) {
    return Migrations.file(statement.source().script());
  }

  private boolean isThisRun(Evidence run) {
    return run.run().commit().equals(push.commit()) && run.run().incarnation().equals(push.subject().incarnation());
  }

  /** The report on the same migrations that tells of the newest rehearsal, else the last one if it is on the same. */
  Optional<DeltaReport> ofTheSame(Plan plan) {
    Optional<DeltaReport> same = last.filter(report -> isOfTheSame(report, plan));
    return same.filter(report -> report.findings().rehearsed().isPresent())
        .or(() -> kept().filter(report -> isOfTheSame(report, plan) && report.findings().rehearsed().isPresent()).max(NEWEST))
        .or(() -> same);
  }

  /** A commit never changes; else what it comes to is compared. */
  private boolean isOfTheSame(DeltaReport report, Plan plan) {
    Plan other = report.findings().plan();
    return commit(report).filter(push.commit()::equals).isPresent()
        || (plan.contentHash().isPresent() && plan.contentHash().equals(other.contentHash()));
  }

  /** All that are kept of this incarnation and of the one it was restored from; of the same commit first. */
  private Stream<DeltaReport> kept() {
    Subject subject = push.subject();
    return Stream.concat(Stream.of(subject.incarnation()), last.map(Earlier::incarnation).stream()).distinct()
        .flatMap(incarnation -> Stream.concat(
            Stream.of(ReportBlobs.key(subject.origin().environment(), incarnation, push.commit())),
            blobs.keys(subject.origin().environment(), incarnation).stream()).distinct().limit(MOST_READ))
        .flatMap(key -> blobs.get(key).stream());
  }

  private static Incarnation incarnation(DeltaReport report) {
    return report.findings().header().subject().incarnation();
  }

  private static Optional<Commit> commit(DeltaReport report) {
    return report.findings().header().subject().commit();
  }

  private static Instant snapshot(DeltaReport report) {
    return report.findings().rehearsed().map(rehearsal -> rehearsal.ground().snapshot().epoch()).map(EpochId::takenAt).orElse(Instant.EPOCH);
  }
}
