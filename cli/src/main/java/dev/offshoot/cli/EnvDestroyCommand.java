package dev.offshoot.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;

/** {@code offshoot env destroy}. */
@Command(
    name = "destroy",
    description = "Back an environment up and remove it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot env destroy feature/new_cool_page",
        "  offshoot env destroy new-cool-page --no-wait"})
final class EnvDestroyCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final Waiting waiting = new Waiting();

  @Mixin
  private final EnvironmentName name = new EnvironmentName();

  @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "destroyed by command",
      description = "Kept with the environment.")
  private String reason = "";

  @Override
  public Integer call() throws InterruptedException {
    OffshootConfig config = system.config();
    try (Asking asking = Asking.open(config)) {
      EnvironmentState found = name.in(asking.table());
      Origin origin = found.presence().map(Presence::origin).orElseThrow();
      if (origin.environment().equals(EnvironmentId.staging(origin.repository()))) {
        throw new CommandFailed(origin.environment() + " is Staging; it is never destroyed");
      }
      if (found.phase() == Phase.DESTROYED) {
        output.note(found.id() + " is destroyed already");
        return 0;
      }
      Request request = new Request.DestroyRequested(origin, reason, Asking.actor());
      if (!waiting.waits()) {
        asking.publish(request);
        output.result(origin.environment(), origin.environment().value());
        return 0;
      }
      var _ = asking.ask(request, EnvDestroyCommand::ends, message -> output.note(Asking.progress(message)),
          waiting.atMost());
      EnvironmentState state = asking.state(request);
      EnvironmentView view = EnvironmentView.of(state).orElseThrow();
      output.result(view, view.text());
      return state.phase() == Phase.DESTROYED ? 0 : 1;
    }
  }

  private static boolean ends(LifecycleEvent event) {
    return event instanceof LifecycleEvent.EnvironmentDeleted || event instanceof LifecycleEvent.EnvironmentFailed;
  }
}
