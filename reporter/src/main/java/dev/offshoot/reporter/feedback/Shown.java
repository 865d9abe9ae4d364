package dev.offshoot.reporter.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.ReportReason;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Reasons;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.LifecycleEvent;

/**
 * What there is to be shown of an environment, read from its state in one place.
 *
 * @param tip the commit that all of it is about
 * @param schema what was done to the tip, if anything yet
 * @param report of the tip
 */
record Shown(EnvironmentState state, Optional<Commit> tip, Optional<Schema> schema, Optional<Report> report, List<Warning> warnings) {

  /**
   * Something that people should not miss.
   *
   * @param quoted what a stranger or a person has a say in; empty where there is none
   */
  record Warning(String text, Optional<String> quoted) {}

  static Shown of(LifecycleEvent event, EnvironmentState state, Presence presence) {
    Optional<Commit> tip = presence.tip().or(event.subject()::commit);
    Optional<Schema> schema = state.currentSchema().filter(s -> tip.filter(s.commit()::equals).isPresent());
    Optional<Report> report = state.report().filter(r -> tip.filter(r.commit()::equals).isPresent()
        && schema.filter(s -> s.incarnation().equals(r.incarnation())).isPresent());
    return new Shown(state, tip, schema, report, warnings(event, presence, schema));
  }

  Phase phase() {
    return state.phase();
  }

  /** There is one: without it nothing is shown. */
  Presence presence() {
    return state.presence().orElseThrow();
  }

  /** Of the migrations, where they failed; a failure to make stores has no place in a file. */
  Optional<MigrationFailure> migrationFailure() {
    return schema.flatMap(Schema::failure);
  }

  /** What the report makes of it; one that was written before it judged has nothing against it. */
  Judgement judgement() {
    return report.flatMap(Report::judgement).orElse(Judgement.PASS);
  }

  /** The gravest first; none where the comment says so elsewhere. */
  List<Reasons.Reason> reasons() {
    return report.flatMap(Report::reasons).map(Reasons::gravest).orElse(List.of()).stream()
        .filter(reason -> !reason.id().equals(ReportReason.MIGRATION_FAILED.id())).toList();
  }

  /** What does not count against it and should be seen at once. */
  List<Reasons.Reason> notes() {
    return report.flatMap(Report::reasons).flatMap(Reasons::notes).orElse(List.of());
  }

  private static List<Warning> warnings(LifecycleEvent event, Presence presence, Optional<Schema> schema) {
    List<Warning> all = new ArrayList<>();
    if (presence.intent() instanceof Intent.Resetting resetting) {
      all.add(new Warning("It is being rebuilt as incarnation " + resetting.incarnation() + "; incarnation " + resetting.serving()
          + " serves until that is usable. What was put into it by hand is not carried over. The reason:",
          Optional.of(resetting.reason())));
    }
    if (event instanceof LifecycleEvent.RebuildAccepted rebuild && rebuild.gone().isPresent()) {
      all.add(new Warning("Snapshot " + rebuild.gone().get() + " is gone; it is made from " + rebuild.epoch() + ".", Optional.empty()));
    }
    if (event instanceof LifecycleEvent.EnvironmentModified modified) {
      modified.replacement().filter(replacement -> !replacement.lost().isEmpty()).ifPresent(replacement -> all.add(new Warning(
          "Of incarnation " + replacement.incarnation() + " these stores were gone, with all that was only in them: "
          + replacement.lost() + ".", Optional.empty())));
    }
    if (schema.filter(s -> s.failure().isPresent() && s.usable()).isPresent()) {
      all.add(new Warning("It can still be used, with the migrations that went before the one that failed.", Optional.empty()));
    }
    return all;
  }
}
