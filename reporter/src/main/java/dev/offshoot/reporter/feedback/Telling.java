package dev.offshoot.reporter.feedback;

import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Subject;
import dev.offshoot.reporter.feedback.host.CommitStatus;

/**
 * What a git host is to show: a pure function of an environment's state and the newest event about it.
 *
 * @param status of which commit; empty where there is nothing to say of any
 * @param begins whether an open change that has no comment of ours gets one; else only one that is there is brought up to date
 */
record Telling(String branch, Optional<Told> status, String comment, boolean begins) {

  /** A status and its commit. */
  record Told(Commit commit, CommitStatus status) {}

  /** What is to be told, or why nothing is. */
  sealed interface Answer {
    record Tell(Telling telling) implements Answer {}

    record Nothing(String why) implements Answer {}
  }

  /** Whether such an event can change what is shown. */
  static boolean isAbout(LifecycleEvent event) {
    return switch (event) {
      case LifecycleEvent.EnvironmentAccepted _, LifecycleEvent.CommitAccepted _, LifecycleEvent.RebuildAccepted _,
          LifecycleEvent.EnvironmentCreated _, LifecycleEvent.EnvironmentModified _, LifecycleEvent.MigrationFailed _,
          LifecycleEvent.EnvironmentFailed _, LifecycleEvent.EnvironmentDeleted _, LifecycleEvent.ReportPublished _,
          LifecycleEvent.ChangeLinked _ -> true;
      case LifecycleEvent.StoresReady _, LifecycleEvent.SnapshotPublished _, LifecycleEvent.RefReconciled _,
          LifecycleEvent.ReconcileHeld _, LifecycleEvent.EnvironmentRehearsed _, LifecycleEvent.HistoryReplayed _,
          LifecycleEvent.EnvironmentNotRehearsed _, LifecycleEvent.ReportChanged _ -> false;
    };
  }

  /** Law: only the newest state is told. What is said of a commit or an incarnation that the environment has left is not. */
  static Answer of(LifecycleEvent event, EnvironmentState state, ReportLinks links) {
    Optional<Presence> presence = state.presence();
    if (presence.isEmpty()) {
      return new Answer.Nothing("nothing is known of the environment");
    }
    Optional<String> late = late(event.subject(), presence.get());
    if (late.isPresent()) {
      return new Answer.Nothing(late.get());
    }
    if (isOvertaken(event, state)) {
      return new Answer.Nothing("what became of it is told with the event that said so");
    }
    boolean ends = presence.get().intent() instanceof Intent.Destroying || presence.get().intent() instanceof Intent.Destroyed;
    if (ends && !(event instanceof LifecycleEvent.EnvironmentDeleted) && !(event instanceof LifecycleEvent.EnvironmentFailed)) {
      return new Answer.Nothing("it is being removed, or was");
    }
    Shown shown = Shown.of(event, state, presence.get());
    String branch = presence.get().origin().ref().branch();
    return new Answer.Tell(
        new Telling(branch, ends ? Optional.empty() : StatusText.of(shown, links), CommentText.of(shown, links), !ends));
  }

  private static Optional<String> late(Subject subject, Presence presence) {
    Incarnation about = subject.incarnation();
    if (!about.equals(presence.intent().incarnation()) && !about.equals(presence.intent().serving())) {
      return Optional.of("it is about incarnation " + about + ", and the environment is in " + presence.intent().incarnation());
    }
    boolean moved = subject.commit().isPresent() && presence.tip().isPresent() && !subject.commit().equals(presence.tip());
    return moved ? Optional.of("it is about a commit that the branch has left") : Optional.empty();
  }

  /** An acceptance whose migration is over by now. */
  private static boolean isOvertaken(LifecycleEvent event, EnvironmentState state) {
    boolean begins = event instanceof LifecycleEvent.EnvironmentAccepted || event instanceof LifecycleEvent.CommitAccepted
        || event instanceof LifecycleEvent.RebuildAccepted;
    return begins && state.schemaOf(event.subject().incarnation())
        .filter(schema -> event.subject().commit().filter(schema.commit()::equals).isPresent()).isPresent()
        && (state.phase() == Phase.READY || state.phase() == Phase.FAILED);
  }
}
