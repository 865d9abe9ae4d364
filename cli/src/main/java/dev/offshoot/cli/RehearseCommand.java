package dev.offshoot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
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
        "Exit code: 0 when all migrations were applied, 1 when they were not or could not be tried."})
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
      Request request = request(asking.table().of(named.of(known).environment()));
      if (!waiting.waits()) {
        asking.publish(request);
        output.result(request.origin().environment(), request.origin().environment().value());
        return 0;
      }
      List<LifecycleEvent> end = new ArrayList<>();
      var _ = asking.follow(request, event -> ends(event, end), message -> output.note(Asking.progress(message)), waiting.atMost());
      if (end.getLast() instanceof LifecycleEvent.EnvironmentNotRehearsed refused) {
        throw new CommandFailed("Not rehearsed: " + Harmless.line(refused.reason()) + "; once that is put right, rehearse again");
      }
      Rehearsed rehearsed = ((LifecycleEvent.EnvironmentRehearsed) end.getLast()).rehearsed();
      output.result(rehearsed, rehearsed.failure().map(failure -> "Failed on Production's snapshot: " + failure.summary())
          .orElseGet(() -> rehearsed.applied().size() + " migrations applied on Production's snapshot " + rehearsed.epoch())
          + "; 'offshoot report show " + request.origin().environment() + "' tells more");
      return rehearsed.failure().isPresent() ? 1 : 0;
    }
  }

  /** The report comes after what it reports. */
  private static boolean ends(LifecycleEvent event, List<LifecycleEvent> end) {
    if (event instanceof LifecycleEvent.EnvironmentRehearsed || event instanceof LifecycleEvent.EnvironmentNotRehearsed) {
      end.add(event);
    }
    return event instanceof LifecycleEvent.ReportPublished && !end.isEmpty();
  }

  private Request request(EnvironmentState state) {
    Presence present = state.presence()
        .filter(found -> found.intent() instanceof Intent.Standing || found.intent() instanceof Intent.Resetting)
        .orElseThrow(() -> new CommandFailed("The branch " + Harmless.line(named.branch())
            + " has no environment that stands; 'offshoot env create' makes one"));
    return new Request.RehearseRequested(present.origin(), present.intent().incarnation(), present.tip()
        .orElseThrow(() -> new CommandFailed("The environment is at no commit; push one first")), Asking.actor());
  }
}
