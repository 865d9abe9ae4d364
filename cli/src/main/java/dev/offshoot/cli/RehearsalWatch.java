package dev.offshoot.cli;

import java.util.Optional;
import java.util.UUID;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.LifecycleEvent.EnvironmentNotRehearsed;
import dev.offshoot.event.LifecycleEvent.EnvironmentRehearsed;
import dev.offshoot.event.LifecycleEvent.RebuildAccepted;
import dev.offshoot.event.LifecycleEvent.ReportPublished;
import dev.offshoot.event.Message;
import dev.offshoot.event.Rehearsed;
import dev.offshoot.event.Request.RehearseRequested;

/**
 * What came of the wish for a rehearsal, from all that is said after it was made and from the environment's state. Law: whose request led to
 * a rehearsal of the commit does not matter, since there is one at a time; and once the environment has left the commit or the incarnation
 * that were meant, no end will come of it, so that is the end. Not for several threads.
 */
final class RehearsalWatch {
  private final RehearseRequested wish;
  private final UUID chain;
  private final long before;
  private final EnvironmentId environment;
  private Optional<Heard> tried = Optional.empty();
  private Optional<Incarnation> own = Optional.empty();
  private boolean missed;
  private Optional<End> end = Optional.empty();

  /**
   * @param chain the wish's
   * @param before the last that the provisioner had said of the environment when the wish was made
   */
  RehearsalWatch(RehearseRequested wish, UUID chain, long before) {
    this.wish = wish;
    this.chain = chain;
    this.before = before;
    this.environment = wish.origin().environment();
  }

  /** Why there is no more to wait for. */
  sealed interface End {
    /**
     * The migrations were tried.
     *
     * @param reported whether the environment's report says so
     */
    record Tried(Rehearsed rehearsed, boolean reported) implements End {}

    /** They could not be. */
    record Refused(String reason) implements End {}

    /** The environment is not what was to be rehearsed any more: a sentence on what happened, and one on what to do. */
    record MovedOn(String what, String advice) implements End {}
  }

  private record Heard(Rehearsed rehearsed, UUID chain, long offset) {}

  /** Takes what was said, in its order; {@code offset} is its place in the environment's partition. */
  void hear(Message message, long offset) {
    if (end.isEmpty() && message.event() instanceof LifecycleEvent event) {
      boolean old = message.source().equals(Decider.SOURCE) && message.sequence() <= before;
      if (message.environment().equals(environment) && !old) {
        ofTheEnvironment(event, message.chain(), offset);
      } else if (message.environment().isRehearsal() && message.environment().parent().equals(environment)) {
        ofARehearsal(event, message.chain().equals(chain));
      }
    }
  }

  private void ofTheEnvironment(LifecycleEvent event, UUID of, long offset) {
    boolean meant = event.subject().commit().filter(wish.commit()::equals).isPresent();
    switch (event) {
      case EnvironmentRehearsed rehearsed when meant -> tried = Optional.of(new Heard(rehearsed.rehearsed(), of, offset));
      case EnvironmentNotRehearsed refused when meant && tried.isEmpty() -> end = Optional.of(new End.Refused(refused.reason()));
      case ReportPublished _ when meant && tried.filter(heard -> heard.chain().equals(of)).isPresent() -> end = ended(true);
      case CommitAccepted _ when !meant -> leaves(newer(event.subject().commit()));
      case RebuildAccepted rebuilt when !rebuilt.subject().incarnation().equals(wish.incarnation()) ->
          leaves(rebuilt(rebuilt.subject().incarnation(), rebuilt.reason()));
      case EnvironmentDeleted deleted -> leaves(destroyed(deleted.reason()));
      case LifecycleEvent _ -> { }
    }
  }

  /** One is removed without a word of its end: ours, or one that stood when we asked, so that ours was not made. */
  private void ofARehearsal(LifecycleEvent event, boolean ours) {
    if (event.subject().commit().filter(wish.commit()::equals).isEmpty()) {
      return;
    }
    switch (event) {
      case EnvironmentAccepted accepted when ours -> own = Optional.of(accepted.subject().incarnation());
      case EnvironmentDeleted deleted when own.filter(deleted.subject().incarnation()::equals).isPresent() && tried.isEmpty() ->
          end = Optional.of(new End.Refused("the rehearsal was removed before its end: " + deleted.reason()));
      case EnvironmentDeleted _ when !ours && own.isEmpty() && tried.isEmpty() -> missed = true;
      case LifecycleEvent _ -> { }
    }
  }

  /** Whether to ask once more, since the rehearsal that stood when we asked is gone, and had ended before we listened. Says so once. */
  boolean asksAgain() {
    boolean again = missed && end.isEmpty();
    missed = false;
    return again;
  }

  private void leaves(End how) {
    end = tried.isPresent() ? ended(false) : Optional.of(how);
  }

  private Optional<End> ended(boolean reported) {
    return tried.map(heard -> new End.Tried(heard.rehearsed(), reported));
  }

  Optional<End> end() {
    return end;
  }

  /** The end that the environment's state makes of it, once all was heard that was said before; empty while it is as it was meant. */
  Optional<End> left(EnvironmentState state) {
    Optional<End> how = state.presence().flatMap(this::left);
    return how.isPresent() && tried.isPresent() ? ended(false) : how;
  }

  /** What was tried, when its report will not come any more: its writer has come past it, or nobody waits longer. */
  Optional<End> unreported(long reportersPlace) {
    return tried.filter(heard -> heard.offset() <= reportersPlace).flatMap(_ -> ended(false));
  }

  private Optional<End> left(Presence present) {
    Incarnation now = present.intent().incarnation();
    return switch (present.intent()) {
      case Intent.Destroying(var _, var reason) -> Optional.of(destroyed(reason));
      case Intent.Destroyed(var _, var reason) -> Optional.of(destroyed(reason));
      case Intent.Resetting(var _, var next, var _, var reason) when !next.equals(wish.incarnation()) ->
          Optional.of(rebuilt(next, reason));
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _, Intent.Declared _ -> now.equals(wish.incarnation())
          ? Optional.of(newer(present.tip())).filter(_ -> present.tip().filter(wish.commit()::equals).isEmpty())
          : Optional.of(rebuilt(now, "somebody asked for it"));
    };
  }

  private End newer(Optional<Commit> tip) {
    return new End.MovedOn("was brought to " + tip.map(Commit::brief).orElse("no commit") + " meanwhile",
        "rehearse again to try that one");
  }

  private static End rebuilt(Incarnation next, String reason) {
    return new End.MovedOn("is made anew meanwhile, as incarnation " + next + " (" + Harmless.line(reason) + ")",
        "rehearse again once that serves");
  }

  private static End destroyed(String reason) {
    return new End.MovedOn("was destroyed meanwhile (" + Harmless.line(reason) + ")",
        "'offshoot env create' brings it back, and then rehearse again");
  }
}
