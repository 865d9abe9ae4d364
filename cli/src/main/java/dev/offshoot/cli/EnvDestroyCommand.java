package dev.offshoot.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;

/** {@code offshoot env destroy}. */
@Command(
    name = "destroy",
    description = {"Back an environment up and remove it.",
        "On a terminal it asks first, unless --yes or --json is said; a script is not asked."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot env destroy feature/new_cool_page",
        "  offshoot env destroy new-cool-page --yes --no-wait", "  offshoot env destroy new-cool-page --dry-run"})
final class EnvDestroyCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final Waiting waiting = new Waiting();

  @Mixin
  private final Confirmation confirmation = new Confirmation();

  @Mixin
  private final EnvironmentName name = new EnvironmentName();

  @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "destroyed by command",
      description = "Kept with the environment.")
  private String reason = "";

  @Option(names = "--dry-run", description = "Print what would be removed, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    OffshootConfig config = system.config();
    try (Asking asking = Asking.open(config)) {
      EnvironmentState found = name.in(asking.table());
      Origin origin = found.presence().map(Presence::origin).orElseThrow();
      refuseWhatIsNotOurs(origin);
      if (found.phase() == Phase.DESTROYED) {
        output.note(found.id() + " is destroyed already");
        show(found);
        return 0;
      }
      if (dryRun) {
        output.note("This would be backed up and removed. Nothing was asked for.");
        show(found);
        return 0;
      }
      if (!output.json()) {
        confirmation.askWhoIsThere("Back up and remove " + found.id() + " (" + Harmless.line(origin.ref().branch()) + ")?");
      }
      Request request = new Request.DestroyRequested(origin, reason, Asking.actor());
      if (!waiting.waits()) {
        asking.publish(request);
        output.result(origin.environment(), origin.environment().value());
        return 0;
      }
      Asking.Answer answer = asking.ask(request, EnvDestroyCommand::ends, message -> output.note(Asking.progress(message)),
          waiting.atMost());
      EnvironmentState state = asking.state(request);
      if (answer instanceof Asking.Answer.Nothing nothing) {
        output.note("Nothing was done: " + nothing.why());
      }
      show(state);
      return state.phase() == Phase.DESTROYED ? 0 : 1;
    }
  }

  private void show(EnvironmentState state) {
    EnvironmentView view = EnvironmentView.of(state).orElseThrow();
    output.result(view, view.text());
  }

  private static void refuseWhatIsNotOurs(Origin origin) {
    switch (origin.kind()) {
      case STATIC -> throw new CommandFailed(origin.environment() + " is Staging; it is never destroyed");
      case PRODUCTION -> throw new CommandFailed(origin.environment() + " is Production; Offshoot never touches it but to take snapshots");
      case FULL, REHEARSAL, REPOSITORY -> { }
    }
  }

  private static boolean ends(LifecycleEvent event) {
    return event instanceof LifecycleEvent.EnvironmentDeleted || event instanceof LifecycleEvent.EnvironmentFailed;
  }
}
