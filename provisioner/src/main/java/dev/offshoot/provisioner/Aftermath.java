package dev.offshoot.provisioner;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.LifecycleEvent.ChangeLinked;
import dev.offshoot.event.LifecycleEvent.RefReconciled;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** What is said besides, in the transaction of a request's outcome. */
final class Aftermath {
  private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

  private Aftermath() {
  }

  static Outcome of(Request request, Outcome outcome, Turn turn) {
    if (request instanceof Request.ChangeUpdated change) {
      return linked(change, outcome, turn);
    }
    return request instanceof Request.RefDiffers differs ? reconciled(differs, outcome, turn) : outcome;
  }

  /** Also where the environment is at the change's head already. */
  private static Outcome linked(Request.ChangeUpdated change, Outcome outcome, Turn turn) {
    Publication publication = outcome instanceof Outcome.Done(Publication done) ? done : Publication.NOTHING;
    Optional<Presence> present = presence(publication, turn)
        .filter(found -> found.intent() instanceof Intent.Standing || found.intent() instanceof Intent.Resetting);
    return outcome instanceof Outcome.Failed || present.isEmpty()
        ? outcome
        : Outcome.done(with(publication, new ChangeLinked(
            turn.subject(present.get().intent().incarnation(), present.get().tip()), change.number())));
  }

  /** Only what was really repaired is said: a delivery that was merely late has been dealt with before. */
  private static Outcome reconciled(Request.RefDiffers differs, Outcome outcome, Turn turn) {
    if (!(outcome instanceof Outcome.Done(Publication publication))) {
      return outcome;
    }
    LOG.atWarn().addKeyValue("environment", turn.origin().environment())
        .log("Reconciled ({}): a delivery of the git host was lost; is its webhook in order?", differs.repair());
    Reconciliation.count("offshoot.reconcile.repairs", "What was made good because a delivery of the git host was lost", "kind",
        differs.repair().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return presence(publication, turn)
        .map(present -> Outcome.done(with(publication, new RefReconciled(
            turn.subject(present.intent().incarnation(), present.tip()), differs.repair()))))
        .orElse(outcome);
  }

  private static Optional<Presence> presence(Publication publication, Turn turn) {
    return publication.facets().stream().filter(Presence.class::isInstance).map(Presence.class::cast).findFirst()
        .or(() -> turn.state().presence());
  }

  private static Publication with(Publication publication, LifecycleEvent event) {
    List<LifecycleEvent> events = Stream.concat(publication.events().stream(), Stream.of(event)).toList();
    return new Publication(publication.facets(), events, publication.asks());
  }
}
