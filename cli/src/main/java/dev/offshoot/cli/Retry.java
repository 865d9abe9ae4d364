package dev.offshoot.cli;

import java.util.Locale;
import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.DeadLetter;
import dev.offshoot.worker.StateView;

/**
 * What trying a dead letter again means. Never the same record once more: what has happened cannot happen again, so of
 * a letter about an event the provisioner is asked to bring the environment to that commit, and everything that follows
 * comes of it anew. A request is made again, unless it was a person's word that time has overtaken.
 */
sealed interface Retry {

  /** This is to be asked, because of the letter's message. */
  record Ask(Message letter, Request request) implements Retry {}

  /** There is nothing to ask. */
  record Refused(String reason) implements Retry {}

  static Retry of(DeadLetter letter, StateView state, String actor) {
    if (letter.settled().isPresent()) {
      DeadLetter.Settlement settled = letter.settled().get();
      return new Refused("it was " + settled.how().name().toLowerCase(Locale.ROOT) + " at " + settled.time());
    }
    return switch (letter.content()) {
      case DeadLetter.Content.Undecodable junk -> new Refused("it is no event that this version can read ("
          + junk.reason() + "); 'dead-letters show' prints it, 'dead-letters discard' ends it");
      case DeadLetter.Content.Decoded(Message message) -> switch (message.event()) {
        case Request request -> again(message, request, letter, state.of(message.environment()));
        case LifecycleEvent event -> caughtUp(message, event, state.of(message.environment()), actor);
      };
    };
  }

  private static Retry again(Message message, Request request, DeadLetter letter, EnvironmentState state) {
    boolean overtaken = state.presence().filter(p -> p.since().isAfter(letter.origin().time())).isPresent();
    if (overtaken && standsAsGiven(request)) {
      return new Refused("the environment was decided about again after the letter, at "
          + state.presence().map(Presence::since).orElseThrow() + "; say what you want now with 'offshoot env'");
    }
    return new Ask(message, request);
  }

  /** Whether it would be carried out whatever the branch and the environment have come to since. */
  private static boolean standsAsGiven(Request request) {
    return switch (request) {
      case Request.DestroyRequested _ -> true;
      case Request.CreateRequested create -> create.commit().isPresent();
      case Request.Lifecycle _, Request.Upkeep _, Request.Reporting _ -> false;
    };
  }

  /** Whether its stores are there to be brought to a commit; while it is rebuilt, those of the next incarnation. */
  private static boolean isMade(Intent intent, EnvironmentState state) {
    return intent instanceof Intent.Standing
        || (intent instanceof Intent.Resetting resetting && state.storesOf(resetting.incarnation()).isPresent());
  }

  private static Retry caughtUp(Message message, LifecycleEvent event, EnvironmentState state, String actor) {
    if (event.subject().origin().kind() != EnvironmentKind.FULL) {
      return new Refused("it is about " + state.id() + ", which is never made anew; "
          + "'offshoot snapshot take' takes another snapshot");
    }
    Optional<Presence> presence = state.presence();
    if (presence.isEmpty()) {
      return new Refused("nothing is known of " + state.id() + " any more; 'offshoot env create' makes it");
    }
    Incarnation now = presence.get().intent().incarnation();
    if (!isMade(presence.get().intent(), state) || !now.equals(event.subject().incarnation())) {
      return new Refused("it is about incarnation " + event.subject().incarnation() + ", but " + state.id() + " is "
          + state.phase().name().toLowerCase(Locale.ROOT) + " in incarnation " + now);
    }
    Optional<Commit> commit = event.subject().commit();
    if (commit.isEmpty() || !commit.equals(presence.get().tip())) {
      return new Refused("it is about commit " + commit.map(Commit::brief).orElse("none") + ", but " + state.id()
          + " has moved on to " + presence.get().tip().map(Commit::brief).orElse("none"));
    }
    return new Ask(message, new Request.CreateRequested(event.subject().origin(), commit, actor));
  }
}
