package dev.offshoot.provisioner;

import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.event.Request;

/** What is to be done about a request, given the state it meets. */
sealed interface Decision {

  /** Take the intent to create the next incarnation. */
  record Create() implements Decision {}

  /**
   * Take the intent to create the next incarnation from what was kept of another.
   *
   * @param epoch what that was made from
   */
  record Restore(Incarnation from, EpochId epoch) implements Decision {}

  /** Carry on with an intent to create. */
  record GoOnCreating(Intent.Creating intent) implements Decision {}

  /**
   * Take the intent to make the next incarnation while another serves.
   *
   * @param same the epoch that the environment was made from
   */
  record Rebuild(Request.RebuildRequested ask, Commit commit, EpochId same) implements Decision {}

  /** Carry on with an intent to make the next incarnation. */
  record GoOnResetting(Intent.Resetting intent) implements Decision {}

  /** The next incarnation is usable: let it serve, then retire the other. */
  record Switch(Intent.Resetting intent) implements Decision {}

  /** Carry on with retiring what was replaced. */
  record Retire(Intent.Standing intent, Incarnation replaced) implements Decision {}

  /** Bring an environment to a further commit: what stands, or what is to serve next. */
  record Update() implements Decision {}

  /** Take the intent to destroy what stands, if what the ref says allows it. */
  record Destroy(String reason) implements Decision {}

  /** Carry on with an intent to destroy. */
  record GoOnDestroying(Intent.Destroying intent) implements Decision {}

  /** Nothing is there to be destroyed; remember that the ref is gone. */
  record Forget() implements Decision {}

  /** Nothing is to be done. */
  record Ignore(String reason) implements Decision {}

  /**
   * What the repository says of the ref.
   *
   * @param tip empty when the ref does not exist
   */
  record Seen(Optional<Commit> tip) {
    boolean isGone() {
      return tip.isEmpty();
    }
  }
}
