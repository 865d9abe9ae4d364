package dev.offshoot.cli;

import java.util.Optional;

import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.Request;

/**
 * Plans the rebuild of an environment from what its events say: from its facets while they stand, from its requests
 * otherwise. Pure.
 *
 * @param at a commit instead of the one last seen
 */
record ReplayPlanner(EpochChoice epoch, Optional<Commit> at, String actor) {
  private static final String REASON = "replayed by command";

  Replay fromFacets(Presence presence) {
    Origin origin = presence.origin();
    return switch (presence.intent()) {
      case Intent.Creating creating -> rebuild(presence, creating.epoch());
      case Intent.Standing standing -> rebuild(presence, standing.epoch());
      case Intent.Resetting resetting -> rebuild(presence, resetting.epoch());
      case Intent.Destroying _ -> new Replay.Nothing(origin, "it is being destroyed");
      case Intent.Destroyed destroyed -> new Replay.Nothing(origin, "it was destroyed (" + destroyed.reason()
          + "); 'offshoot env create' brings it back");
      case Intent.Declared _ -> new Replay.Nothing(origin, "it is static: its stores are not ours to make");
    };
  }

  private Replay rebuild(Presence presence, EpochId same) {
    Origin origin = presence.origin();
    Request request = new Request.RebuildRequested(
        origin, presence.intent().incarnation(), at, epoch, REASON, actor);
    Optional<EpochId> from = switch (epoch) {
      case SAME -> Optional.of(same);
      case NEWEST -> Optional.empty();
    };
    return new Replay.Rebuild(origin, presence.intent().incarnation(), at.or(presence::tip), from, request);
  }

  /** @param creation what makes an environment of its repository */
  Replay fromRequests(ReplayHistory.Asked asked, Creation creation) {
    Origin origin = ((Request) asked.newest().event()).origin();
    return switch ((Request) asked.newest().event()) {
      case Request.BranchPushed _ when creation != Creation.ON_PUSH && !asked.byCommand() ->
        new Replay.Nothing(origin, "it was pushed, but environments of this repository are created on "
            + (creation == Creation.ON_LABEL ? "a label" : "command") + ", and no command is known; 'offshoot env create' makes it");
      case Request.BranchPushed push -> create(origin, Optional.of(push.commit()), "pushed");
      case Request.CreateRequested create -> create(origin, create.commit(), "create");
      case Request.RebuildRequested rebuild -> create(origin, rebuild.commit(), "rebuild");
      case Request.AdoptRequested _ -> create(origin, Optional.empty(), "adopt");
      case Request.RestoreRequested _ -> create(origin, Optional.empty(), "restore");
      case Request.BranchDeleted _ -> new Replay.Nothing(origin, "its newest request says that the branch was deleted");
      case Request.ChangeMerged _ -> new Replay.Nothing(origin, "its newest request says that it was merged");
      case Request.DestroyRequested _ -> new Replay.Nothing(origin, "its newest request was to destroy it");
      case Request.Expired _ -> new Replay.Nothing(origin, "its newest request says that it was idle");
      case Request.RefDiffers differs when differs.found().isEmpty() -> new Replay.Nothing(origin, "its newest request says that its branch is gone");
      case Request.RefDiffers differs -> create(origin, differs.found(), "differs");
      case Request.ChangeUpdated _, Request.ChangeClosed _, Request.RunFinished _, Request.Upkeep _, Request.Reporting _ ->
        new Replay.Nothing(origin, "none of its requests says whether it is to be there");
    };
  }

  private Replay create(Origin origin, Optional<Commit> commit, String because) {
    Optional<Commit> to = at.or(() -> commit);
    return new Replay.Create(origin, to, because, new Request.CreateRequested(origin, to, actor));
  }

  /** Whether a request says if the environment is to be there. */
  static boolean decides(Request request) {
    return switch (request) {
      case Request.ChangeUpdated _, Request.ChangeClosed _, Request.RunFinished _ -> false;
      case Request.Lifecycle _, Request.AdoptRequested _ -> true;
      case Request.Upkeep _, Request.Reporting _ -> false;
    };
  }
}
