package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.ProductionConfig;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent.EnvironmentNotRehearsed;
import dev.offshoot.event.LifecycleEvent.EnvironmentRehearsed;
import dev.offshoot.event.LifecycleEvent.ReportChanged;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * What a commit's report is to know besides, in the lane of the environment that is at the commit. Nothing is decided here: what was found
 * out in other lanes is told on, since the reporter reads what is said of environments, not what is asked.
 */
final class Reporting {
  private final Clock clock;

  Reporting(Clock clock) {
    this.clock = clock;
  }

  Outcome handle(Request.Reporting request, Turn turn) {
    return switch (request) {
      case Request.RehearseRequested ask -> wanted(ask, turn);
      case Request.RehearsalFinished end -> finished(end, turn);
      case Request.RehearsalRefused why -> refused(why, turn);
      case Request.ReportRewritten news -> rewritten(news, turn);
    };
  }

  /** Asks for the rehearsal, or first for a snapshot that is young enough. */
  private Outcome wanted(Request.RehearseRequested ask, Turn turn) {
    Optional<ProductionConfig> production = turn.repository().production();
    if (production.isEmpty()) {
      return new Outcome.Rejected("the configuration has no production of " + turn.repository().key());
    }
    if (!Rehearsals.isAt(turn.state(), ask.commit()) || !turn.presence().intent().incarnation().equals(ask.incarnation())) {
      return new Outcome.Rejected("the environment has left incarnation " + ask.incarnation() + " or " + ask.commit().brief());
    }
    Origin source = Origin.production(turn.repository().key(), turn.repository().defaultBranch());
    Optional<Epoch> young = turn.context().state().of(source.environment()).epochs().flatMap(Epochs::newest)
        .filter(newest -> Rehearsals.isYoung(newest, production.get(), clock.instant()));
    Request next = young.<Request>map(epoch -> new Request.CreateRequested(
            turn.origin().rehearsing(new Origin.Rehearsal(ask.commit(), epoch.id())), Optional.of(ask.commit()), ask.actor()))
        .orElseGet(() -> new Request.SnapshotRequested(source, ProvisionerWorker.NAME,
            Optional.of(new Request.SnapshotRequested.Waiting(turn.origin(), ask.incarnation(), ask.commit()))));
    return Outcome.done(new Publication(List.of(), List.of(), List.of(next)));
  }

  private static Outcome finished(Request.RehearsalFinished end, Turn turn) {
    if (!Rehearsals.isAt(turn.state(), end.commit())) {
      return Outcome.done(new Publication(List.of(), List.of(), List.of(Rehearsals.over(
          turn.origin().rehearsing(new Origin.Rehearsal(end.commit(), end.rehearsed().epoch())), "the environment has moved on"))));
    }
    return Outcome.done(new Publication(List.of(), List.of(new EnvironmentRehearsed(
        turn.subject(turn.presence().intent().incarnation(), Optional.of(end.commit())), end.rehearsed())), List.of()));
  }

  private static Outcome refused(Request.RehearsalRefused why, Turn turn) {
    return Rehearsals.isAt(turn.state(), why.commit())
        ? Outcome.done(new Publication(List.of(), List.of(new EnvironmentNotRehearsed(
            turn.subject(turn.presence().intent().incarnation(), Optional.of(why.commit())), why.reason())), List.of()))
        : new Outcome.Rejected("the environment has moved on");
  }

  private static Outcome rewritten(Request.ReportRewritten news, Turn turn) {
    boolean stays = turn.state().presence().flatMap(Presence::tip).filter(news.commit()::equals).isPresent();
    return turn.state().report().filter(report -> stays && report.commit().equals(news.commit()))
        .<Outcome>map(report -> Outcome.done(new Publication(List.of(), List.of(new ReportChanged(
            turn.subject(report.incarnation(), Optional.of(report.commit())), news.reason())), List.of())))
        .orElseGet(() -> new Outcome.Rejected("the branch has left " + news.commit().brief()));
  }
}
