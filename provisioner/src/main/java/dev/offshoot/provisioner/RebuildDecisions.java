package dev.offshoot.provisioner;

import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.Decision.GoOnCreating;
import dev.offshoot.provisioner.Decision.GoOnDestroying;
import dev.offshoot.provisioner.Decision.GoOnResetting;
import dev.offshoot.provisioner.Decision.Ignore;
import dev.offshoot.provisioner.Decision.Rebuild;
import dev.offshoot.provisioner.Decision.Retire;
import dev.offshoot.provisioner.Decision.Switch;

/**
 * What to do about a rebuild that is asked for, and about its end. Pure.
 *
 * <p>Laws: an ask means the newest incarnation, another's is stale. A rebuild follows what stands, and what has failed; never what is
 * still being made. What was committed for an older one, and has no stores yet, is carried on with.
 */
final class RebuildDecisions {
  private RebuildDecisions() {
  }

  static Decision asked(Request.RebuildRequested ask, EnvironmentState state) {
    if (state.presence().isEmpty()) {
      return new Ignore("there is no such environment");
    }
    Presence present = state.presence().get();
    boolean meant = ask.incarnation().equals(present.intent().incarnation());
    return switch (present.intent()) {
      case Intent.Destroying destroying -> new GoOnDestroying(destroying);
      case Intent.Destroyed _ -> new Ignore("the environment is destroyed; create it by command");
      case Intent.Declared _ -> new Ignore("a static environment is not made");
      case Intent.Resetting resetting when !isMade(resetting, state) && !(meant && present.failure().isPresent()) ->
          new GoOnResetting(resetting);
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _ when !meant ->
          new Ignore("the environment is in incarnation " + present.intent().incarnation() + ", not in "
              + ask.incarnation() + " any more");
      case Intent.Creating creating -> present.failure().isPresent()
          ? anew(ask, state, creating.epoch())
          : new GoOnCreating(creating);
      case Intent.Standing standing -> anew(ask, state, standing.epoch());
      case Intent.Resetting resetting -> present.failure().isPresent() || nextFailed(resetting, state).isPresent()
          ? anew(ask, state, resetting.epoch())
          : new Ignore("incarnation " + resetting.incarnation() + " is being made ready; wait for its end");
    };
  }

  private static Decision anew(Request.RebuildRequested ask, EnvironmentState state, EpochId same) {
    Optional<Commit> commit = ask.commit()
        .or(() -> state.presence().flatMap(Presence::tip))
        .or(() -> state.currentSchema().map(Schema::commit));
    return commit.<Decision>map(to -> new Rebuild(ask, to, same))
        .orElseGet(() -> new Ignore("no commit of it is known; name one"));
  }

  /** Whether the stores of the next incarnation stand. */
  static boolean isMade(Intent.Resetting resetting, EnvironmentState state) {
    return state.storesOf(resetting.incarnation()).isPresent();
  }

  private static Optional<MigrationFailure> nextFailed(Intent.Resetting resetting, EnvironmentState state) {
    return state.schemaOf(resetting.incarnation()).flatMap(Schema::failure);
  }

  static Decision finished(Request.RunFinished run, EnvironmentState state) {
    Optional<Intent> intent = state.presence().map(Presence::intent)
        .filter(known -> known.incarnation().equals(run.incarnation()));
    return switch (intent.orElse(null)) {
      case Intent.Resetting resetting when !run.usable() ->
          new Ignore("incarnation " + resetting.incarnation() + " could not be brought to " + run.commit().brief() + "; "
              + resetting.serving() + " serves on");
      case Intent.Resetting resetting -> isMade(resetting, state)
          ? new Switch(resetting)
          : new Ignore("the stores of incarnation " + resetting.incarnation() + " do not stand");
      case Intent.Standing standing when standing.retiring().isPresent() ->
          new Retire(standing, standing.retiring().get());
      case Intent.Destroying destroying -> new GoOnDestroying(destroying);
      case null -> new Ignore("the environment is not in incarnation " + run.incarnation() + " any more");
      case Intent.Creating _, Intent.Standing _, Intent.Destroyed _, Intent.Declared _ ->
          new Ignore("nothing waits for the end of this run");
    };
  }
}
