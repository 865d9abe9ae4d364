package dev.offshoot.event;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.CommitPrefix;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;

/**
 * What should happen, on {@code offshoot.requests}. What comes from git is a hint: the provisioner reads the ref before it decides. A
 * person's command stands as given. An ask comes from a worker and names the incarnation it means.
 */
public sealed interface Request extends Event {
  /** The environment that is meant. */
  Origin origin();

  /** What makes two asks about an environment the same one, so that they get the same id; empty where each is one of its own. */
  default Optional<String> identity() {
    return Optional.empty();
  }

  /** What an environment is made, moved on, made anew and ended by. */
  sealed interface Lifecycle extends Request {}

  /** What may make an environment where none stands, or bring one back. */
  sealed interface MayCreate extends Lifecycle {}

  /** What is for the report of a commit that an environment stands at. It changes nothing about the environment. */
  sealed interface Reporting extends Request {
    /** What the report is about; once the environment has left it, nothing is told any more. */
    Commit commit();
  }

  /** What is looked after besides: epochs, backups, what no delivery told of, and the state itself. */
  sealed interface Upkeep extends Request {}

  /**
   * A branch was created or moved.
   *
   * @param commit where the git host says it now is
   * @param created whether the host says that the branch is new
   * @param forced whether the host says that history was rewritten; most hosts never say
   * @param actor who pushed, as the host names them
   */
  record BranchPushed(Origin origin, Commit commit, boolean created, boolean forced, String actor) implements MayCreate {
    @Override
    public boolean isUpdate() {
      return true;
    }
  }

  /** A branch is gone. */
  record BranchDeleted(Origin origin, String actor) implements Lifecycle {}

  /**
   * A change was merged.
   *
   * @param head the commit that was merged, as far as the host names it; a merge ends the environment only if the branch is still at it,
   *     or gone
   * @param target the branch it was merged into
   * @param number the change's number at the git host
   */
  record ChangeMerged(Origin origin, CommitPrefix head, GitRef target, long number, String actor) implements Lifecycle {
    public ChangeMerged(Origin origin, Commit head, GitRef target, long number, String actor) {
      this(origin, CommitPrefix.of(head), target, number, actor);
    }
  }

  /**
   * A change was opened, or its labels or commits have changed.
   *
   * @param head where the git host says its branch now is
   * @param target the branch it is to be merged into
   * @param number the change's number at the git host
   * @param labels all that it has now, as the host writes them
   */
  record ChangeUpdated(Origin origin, Commit head, GitRef target, long number, Set<String> labels, String actor) implements MayCreate {
    public ChangeUpdated {
      labels = Set.copyOf(labels);
    }
  }

  /** A change was closed without a merge; its branch lives on until it is deleted or idle. */
  record ChangeClosed(Origin origin, long number, String actor) implements Lifecycle {}

  /**
   * A person wants the environment; also what brings a destroyed one back.
   *
   * @param commit the commit to bring it to; empty for the branch's tip
   */
  record CreateRequested(Origin origin, Optional<Commit> commit, String actor) implements MayCreate {}

  /** A person wants the environment gone. */
  record DestroyRequested(Origin origin, String reason, String actor) implements Lifecycle {
    @Override
    public boolean endsUpdates() {
      return true;
    }
  }

  /**
   * A person or the clock wants a new epoch of a static environment. Of Production also the provisioner itself, for a rehearsal that waits
   * for one; then one that is young enough by now will do.
   *
   * @param waiting what is asked for next, once there is one
   */
  record SnapshotRequested(Origin origin, String actor, Optional<Waiting> waiting) implements Upkeep {
    public SnapshotRequested(Origin origin, String actor) {
      this(origin, actor, Optional.empty());
    }

    /** An environment that waits to be rehearsed. */
    public record Waiting(Origin origin, Incarnation incarnation, Commit commit) {}
  }

  /** Ask of the provisioner to itself at its start: this static environment stands in the configuration. */
  record Declared(Origin origin) implements Upkeep {}

  /**
   * Ask of the sweeper: the environment was idle up to its due time. Of a static environment: an epoch of it came into or out of use, or
   * has been out of use for long enough; the provisioner looks at all of them.
   *
   * @param incarnation the one that was idle; an ask for another is ignored
   * @param due when it became due; ignored when that has moved since
   */
  record Expired(Origin origin, Incarnation incarnation, Instant due) implements Lifecycle {}

  /**
   * A person, or the migrator, wants the environment made anew: an epoch and the commit's migrations, nothing else. What serves goes on
   * serving until the next incarnation is usable.
   *
   * @param incarnation the newest one when it was asked; an ask for another is ignored
   * @param commit the commit to bring it to; empty for the one last seen
   * @param reason for people
   */
  record RebuildRequested(
      Origin origin, Incarnation incarnation, Optional<Commit> commit, EpochChoice epoch, String reason, String actor)
      implements Lifecycle {}

  /**
   * Ask of the migrator: its run on an incarnation that is to serve next has ended.
   *
   * @param usable whether the incarnation is at the commit
   */
  record RunFinished(Origin origin, Incarnation incarnation, Commit commit, boolean usable) implements Lifecycle {}

  /**
   * Ask of the migrator, or of a person: try the environment's migrations on Production's newest snapshot.
   *
   * @param incarnation the one that is at the commit; an ask for another is ignored
   * @param commit what is to be tried; ignored when the environment has left it
   */
  record RehearseRequested(Origin origin, Incarnation incarnation, Commit commit, String actor) implements Reporting {}

  /**
   * Ask of the migrator: a rehearsal for this environment has come to its end, whatever that was. The provisioner tells of it.
   *
   * @param commit what was tried
   */
  record RehearsalFinished(Origin origin, Commit commit, Rehearsed rehearsed) implements Reporting {}

  /**
   * Ask of the reporter in the lane of another branch: it has written the report of this one again, since the two collide or do no more. The
   * provisioner says so in this one's own lane, where its facet and its change may follow.
   *
   * @param commit what the report is about; ignored when the environment has left it
   * @param reason for people
   */
  record ReportRewritten(Origin origin, Commit commit, String reason) implements Reporting {}

  /**
   * Ask of the provisioner to itself: a rehearsal for this environment cannot be made, or not for as long as something lasts. The
   * environment's lane tells of it.
   *
   * @param commit what was to be tried; ignored when the environment has left it
   * @param since when what could not be done was asked for
   * @param reason for people
   */
  record RehearsalRefused(Origin origin, Commit commit, Instant since, String reason) implements Reporting {
    @Override
    public Optional<String> identity() {
      return Optional.of("refused " + commit.id() + " " + since);
    }
  }

  /**
   * A person wants what stands in the stores to be known again, after the state was lost. The provisioner looks for itself; what it knows
   * of the environment already stands. Of a static environment all its epochs come back.
   *
   * @param incarnation the one whose resources were seen; 1 of a static environment
   * @param epoch what they are tagged to be made from; of a static environment the newest that was seen
   */
  record AdoptRequested(Origin origin, Incarnation incarnation, EpochId epoch, String actor) implements Upkeep {}

  /**
   * A person wants a destroyed environment back with what was in it. It returns as the next incarnation.
   *
   * @param incarnation the one whose backups it is made from
   */
  record RestoreRequested(Origin origin, Incarnation incarnation, String actor) implements MayCreate {}

  /**
   * Ask of the sweeper: the retention of some of the environment's backups is over.
   *
   * @param due when the oldest became due; the provisioner looks for itself which are
   */
  record BackupsExpired(Origin origin, Instant due) implements Upkeep {}

  /**
   * Ask of the sweeper, or of a person: compare all branches of the repository with the environments, and ask for what differs.
   *
   * @param confirmed the finding that a person has confirmed, as {@link LifecycleEvent.ReconcileHeld} names it; only that one passes
   *     the brake
   */
  record ReconcileRequested(Origin origin, Optional<String> confirmed, String actor) implements Upkeep {
    @Override
    public boolean isUpdate() {
      return confirmed.isEmpty();
    }
  }

  /**
   * Ask of the provisioner to itself: at the git host this ref is elsewhere than where it was last seen, so a delivery was lost. Still a
   * hint: the ref is read again.
   *
   * @param known where it was last seen; empty when it never was, or was seen gone
   * @param found where it was found; empty when it is gone
   */
  record RefDiffers(Origin origin, Repair repair, Optional<Commit> known, Optional<Commit> found) implements MayCreate {
    @Override
    public boolean isUpdate() {
      return found.isPresent();
    }

    @Override
    public Optional<String> identity() {
      return Optional.of(repair + " " + known.map(Commit::id).orElse("-") + " " + found.map(Commit::id).orElse("-"));
    }
  }
}
