package dev.offshoot.cli;

import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Request;

/** What is to be done about one environment to rebuild it. */
sealed interface Replay {
  Origin origin();

  default EnvironmentId environment() {
    return origin().environment();
  }

  /** For people: what would happen, and what would be lost. */
  String text();

  /** Something is asked of the provisioner. */
  sealed interface Asking extends Replay {
    Request request();
  }

  /**
   * Its facets stand: the next incarnation is made beside the one that serves.
   *
   * @param commit what it will be brought to
   * @param epoch what it will be made from; empty for the newest snapshot
   */
  record Rebuild(Origin origin, Incarnation from, Optional<Commit> commit, Optional<EpochId> epoch, Request request)
      implements Asking {
    @Override
    public String text() {
      return "incarnation " + from + " -> " + from.next() + " at " + brief(commit) + " from "
          + epoch.map(e -> "the same snapshot, " + e + ", or the newest if that is gone").orElse("the newest snapshot")
          + "; " + from + " serves until then, is backed up if it still stands, and removed. Not carried over: what was"
          + " entered by hand in " + from + " since (rows, documents, keys); only its backup has it, if there is one";
    }
  }

  /** Nothing but its requests is left: it is made from them. */
  record Create(Origin origin, Optional<Commit> commit, String because, Request request) implements Asking {
    @Override
    public String text() {
      return "no state is known; its newest request (" + because + ") says: create it at " + brief(commit)
          + " from the newest snapshot, as the incarnation after those the stores still hold something of."
          + " Not carried over: what was entered by hand before";
    }
  }

  /**
   * What stands in the stores is taken for what was decided once.
   *
   * @param seen what would come of it
   */
  record Adopt(Origin origin, Incarnation from, String seen, Request request) implements Asking {
    @Override
    public String text() {
      return seen;
    }
  }

  /** It stays as it is. */
  record Nothing(Origin origin, String reason) implements Replay {
    @Override
    public String text() {
      return "nothing: " + reason;
    }
  }

  private static String brief(Optional<Commit> commit) {
    return commit.map(Commit::brief).orElse("the branch's tip");
  }
}
