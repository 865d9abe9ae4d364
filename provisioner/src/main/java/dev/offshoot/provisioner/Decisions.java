package dev.offshoot.provisioner;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.Decision.Create;
import dev.offshoot.provisioner.Decision.Destroy;
import dev.offshoot.provisioner.Decision.Forget;
import dev.offshoot.provisioner.Decision.GoOnCreating;
import dev.offshoot.provisioner.Decision.GoOnDestroying;
import dev.offshoot.provisioner.Decision.GoOnResetting;
import dev.offshoot.provisioner.Decision.Ignore;
import dev.offshoot.provisioner.Decision.Seen;
import dev.offshoot.provisioner.Decision.Update;

/**
 * What to do about a request for a branch's environment: a pure function of the request, the state and what the ref
 * says.
 *
 * <p>Laws: an intent that was taken is carried on with, never decided again; only a destroy may follow an unfinished
 * one. What git says in a request is a hint: only the ref itself ends or brings back an environment. A person's
 * command stands as given.
 */
final class Decisions {
  private final RepositoryConfig repository;
  private final Duration idleAfter;

  Decisions(RepositoryConfig repository, Duration idleAfter) {
    this.repository = repository;
    this.idleAfter = idleAfter;
  }

  /** Whether the ref must be read before it is decided; while an environment is made it is read at the same time. */
  static boolean needsTheRef(Request.Lifecycle request, EnvironmentState state) {
    boolean bringsBack = state.presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Destroyed || intent instanceof Intent.Standing
            || intent instanceof Intent.Resetting)
        .isPresent();
    return switch (request) {
      case Request.BranchPushed _ -> bringsBack;
      case Request.CreateRequested create -> create.commit().isEmpty() && (bringsBack || state.presence().isEmpty());
      case Request.ChangeUpdated _ -> bringsBack || state.presence().isEmpty();
      case Request.BranchDeleted _, Request.ChangeMerged _, Request.ChangeClosed _, Request.RefDiffers _ -> true;
      case Request.DestroyRequested _, Request.Expired _, Request.RebuildRequested _, Request.RunFinished _,
          Request.RestoreRequested _ -> false;
    };
  }

  /** @param seen what the ref says; with the tip last seen when it was not read */
  Decision decide(Request.Lifecycle request, EnvironmentState state, Seen seen) {
    Optional<Intent> intent = state.presence().map(Presence::intent);
    if (intent.orElse(null) instanceof Intent.Destroying destroying) {
      return new GoOnDestroying(destroying);
    }
    return switch (request) {
      case Request.BranchPushed push -> wanted(push, state, seen);
      case Request.ChangeUpdated change -> wanted(change, state, seen);
      // a named commit is brought in again even where it is: that is how what failed is tried once more
      case Request.CreateRequested create -> create.commit().isPresent() && stands(state)
          ? new Update()
          : wanted(create, state, seen);
      case Request.BranchDeleted _ -> seen.isGone()
          ? unwanted(state, "the branch was deleted")
          : new Ignore("the branch exists, at " + tip(seen));
      case Request.ChangeMerged merged -> seen.isGone() || seen.tip().filter(merged.head()::fits).isPresent()
          ? merged(state, seen, "change " + merged.number() + " was merged into " + merged.target().branch())
          : new Ignore("the branch has moved on to " + tip(seen) + " since it was merged at " + merged.head().brief());
      case Request.ChangeClosed closed -> seen.isGone()
          ? unwanted(state, "change " + closed.number() + " was closed and its branch is gone")
          : new Ignore("the change was closed; its branch lives on");
      case Request.DestroyRequested destroy -> merged(state, seen, destroy.reason());
      case Request.Expired expired -> expired(expired, state);
      case Request.RebuildRequested ask -> RebuildDecisions.asked(ask, state);
      case Request.RunFinished run -> RebuildDecisions.finished(run, state);
      case Request.RestoreRequested ask -> RestoreDecisions.asked(ask, state);
      case Request.RefDiffers differs -> seen.isGone()
          ? unwanted(state, "the branch is gone; no delivery told of it")
          : wanted(differs, state, seen);
    };
  }

  private static boolean stands(EnvironmentState state) {
    return state.presence().map(Presence::intent).filter(intent -> intent instanceof Intent.Standing
        || (intent instanceof Intent.Resetting resetting && RebuildDecisions.isMade(resetting, state))).isPresent();
  }

  private Decision wanted(Request.MayCreate request, EnvironmentState state, Seen seen) {
    Optional<Ignore> refused = new CreationPolicy(repository).refuses(request).map(Ignore::new);
    boolean command = request instanceof Request.CreateRequested;
    if (state.presence().isEmpty()) {
      if (!(request instanceof Request.BranchPushed) && seen.isGone()) {
        return new Ignore("there is no such branch");
      }
      return refused.<Decision>map(ignore -> ignore).orElseGet(Create::new);
    }
    Presence present = state.presence().get();
    return switch (present.intent()) {
      case Intent.Creating creating -> new GoOnCreating(creating);
      case Intent.Standing _, Intent.Resetting _ when seen.isGone() -> new Ignore("the branch is gone");
      case Intent.Resetting resetting when !RebuildDecisions.isMade(resetting, state) -> new GoOnResetting(resetting);
      case Intent.Standing _, Intent.Resetting _ -> seen.tip().equals(command ? present.tip() : present.lastSeen())
          ? new Ignore("the environment knows of " + tip(seen) + " already")
          : new Update();
      case Intent.Destroying destroying -> new GoOnDestroying(destroying);
      case Intent.Destroyed _ when refused.isPresent() -> refused.get();
      case Intent.Destroyed _ when seen.isGone() -> new Ignore("the branch is gone");
      case Intent.Destroyed _ -> !command && seen.tip().equals(present.lastSeen())
          ? new Ignore("the environment was destroyed at this commit; push another, or create it by command")
          : new Create();
      case Intent.Declared _ -> new Ignore("a static environment is not made");
    };
  }

  /** The ref was seen gone. */
  private static Decision unwanted(EnvironmentState state, String reason) {
    if (state.presence().filter(Decisions::isWantedWithoutItsBranch).isPresent()) {
      return new Ignore("the branch was gone already when a person wanted the environment");
    }
    Decision decision = merged(state, new Seen(Optional.empty()), reason);
    boolean remembersATip = state.presence().flatMap(Presence::tip).isPresent();
    return decision instanceof Ignore && remembersATip ? new Forget() : decision;
  }

  private static boolean isWantedWithoutItsBranch(Presence present) {
    return present.pinned().filter(pin -> pin.ref().isEmpty()).isPresent();
  }

  private static Decision merged(EnvironmentState state, Seen seen, String reason) {
    Optional<Intent> intent = state.presence().map(Presence::intent);
    if (intent.isEmpty()) {
      return new Ignore("there is no such environment");
    }
    return switch (intent.get()) {
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _ -> new Destroy(reason);
      case Intent.Destroying destroying -> new GoOnDestroying(destroying);
      case Intent.Destroyed _ -> seen.isGone() && state.presence().flatMap(Presence::tip).isPresent()
          ? new Forget()
          : new Ignore("the environment is destroyed already");
      case Intent.Declared _ -> new Ignore("a static environment is never destroyed");
    };
  }

  private Decision expired(Request.Expired expired, EnvironmentState state) {
    boolean meant = state.presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Standing || intent instanceof Intent.Creating
            || intent instanceof Intent.Resetting)
        .filter(intent -> intent.incarnation().equals(expired.incarnation()))
        .isPresent();
    if (!meant) {
      return new Ignore("the environment is not in incarnation " + expired.incarnation() + " any more");
    }
    Instant due = lastUse(state).plus(idleAfter);
    return due.isAfter(expired.due())
        ? new Ignore("it was used since, and is due at " + due)
        : new Destroy("not used since " + lastUse(state));
  }

  private static Instant lastUse(EnvironmentState state) {
    return Stream.of(
            state.presence().map(Presence::since),
            state.currentSchema().map(Schema::at),
            state.activity().map(Activity::lastUse))
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private static String tip(Seen seen) {
    return seen.tip().map(Commit::brief).orElse("no commit");
  }
}
