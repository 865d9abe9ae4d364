package dev.offshoot.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Rehearsed;
import dev.offshoot.event.Request;

/** {@code offshoot rehearse}. */
@Command(
    name = "rehearse",
    description = {
        "Try a branch's migrations on a throwaway database made from Production's newest snapshot.",
        "What comes of it stands in the branch's delta report. An old snapshot is replaced first. Production itself is only read."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot rehearse shop feature/new_cool_page", "",
        "Exit code: 0 when all migrations were applied, 1 when they were not or could not be tried, also",
        "since the environment moved on meanwhile."})
final class RehearseCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final Waiting waiting = new Waiting();

  @Mixin
  private final BranchName named = new BranchName();

  @Override
  public Integer call() {
    OffshootConfig config = system.config();
    RepositoryConfig known = named.repository(config);
    if (known.production().isEmpty()) {
      throw new CommandFailed("The configuration has no production of " + known.key() + "; add repositories." + known.key() + ".production");
    }
    try (Asking asking = Asking.open(config)) {
      Request.RehearseRequested request = request(asking.table().of(named.of(known).environment()));
      if (!waiting.waits()) {
        asking.publish(request);
        output.result(request.origin().environment(), request.origin().environment().value());
        return 0;
      }
      output.note("Waits for the rehearsal of " + request.commit().brief() + " of " + request.origin().environment());
      return switch (asking.follow(request, message -> output.note(Asking.progress(message)), waiting.atMost())) {
        case RehearsalWatch.End.Tried(var rehearsed, var reported) -> tried(rehearsed, reported, request);
        case RehearsalWatch.End.Refused(var reason) ->
            throw new CommandFailed("Not rehearsed: " + Harmless.line(reason) + "; once that is put right, rehearse again");
        case RehearsalWatch.End.MovedOn(var what, var advice) ->
            throw new CommandFailed("Not rehearsed to its end: the environment " + what + ", and " + request.commit().brief()
                + " is not what it is at any more; " + advice);
      };
    }
  }

  private int tried(Rehearsed rehearsed, boolean reported, Request.RehearseRequested request) {
    output.result(rehearsed, rehearsed.failure().map(failure -> "Failed on Production's snapshot: " + failure.summary())
        .orElseGet(() -> rehearsed.applied().size() + " migrations applied on Production's snapshot " + rehearsed.epoch())
        + (reported ? "; 'offshoot report show " + request.origin().environment() + "' tells more" : ""));
    if (!reported) {
      output.note("No report tells of it yet: the environment has left " + request.commit().brief()
          + ", or was not reported on; rehearse again for one");
    }
    return rehearsed.failure().isPresent() ? 1 : 0;
  }

  private Request.RehearseRequested request(EnvironmentState state) {
    Presence present = state.presence()
        .filter(found -> found.intent() instanceof Intent.Standing || found.intent() instanceof Intent.Resetting)
        .orElseThrow(() -> new CommandFailed("The branch " + Harmless.line(named.branch())
            + " has no environment that stands; 'offshoot env create' makes one"));
    return new Request.RehearseRequested(present.origin(), present.intent().incarnation(), present.tip()
        .orElseThrow(() -> new CommandFailed("The environment is at no commit; push one first")), Asking.actor());
  }
}
