package dev.offshoot.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;

/** {@code offshoot env create}. */
@Command(
    name = "create",
    description = "Make the environment of a branch, or bring it to another commit; also brings a destroyed one back.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot env create shop feature/new_cool_page"})
final class EnvCreateCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final Waiting waiting = new Waiting();

  @Mixin
  private final BranchName named = new BranchName();

  @Option(names = "--commit", paramLabel = "COMMIT", description = "A commit's full id, instead of the branch's tip.")
  private Optional<String> commit = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    Optional<Commit> at = commit.map(id -> WrongUsage.read(id, Commit::new));
    OffshootConfig config = system.config();
    RepositoryConfig known = named.repository(config);
    if (named.branch().equals(known.defaultBranch())) {
      throw new CommandFailed(
          "The default branch " + named.branch() + " is Staging's; it gets no environment. Name another branch");
    }
    Request request = new Request.CreateRequested(
        named.of(known), at, Asking.actor());
    try (Asking asking = Asking.open(config)) {
      if (!waiting.waits()) {
        asking.publish(request);
        output.result(request.origin().environment(), request.origin().environment().value());
        return 0;
      }
      Asking.Settled settled = asking.settle(request, EnvCreateCommand::ends, message -> output.note(Asking.progress(message)),
          waiting.atMost());
      EnvironmentView view = EnvironmentView.of(settled.state()).orElseThrow(() -> new CommandFailed("No environment was made of "
          + Harmless.line(named.branch()) + settled.refused().map(refused -> ": " + refused.why()).orElse("")));
      settled.refused().ifPresent(refused -> output.note("Nothing was done: " + refused.why()));
      output.result(view, view.text());
      return settled.state().phase() == Phase.READY && isAt(settled.state(), at) ? 0 : 1;
    }
  }

  /** An environment that was there before is ready also where the commit was refused. */
  private static boolean isAt(EnvironmentState state, Optional<Commit> wanted) {
    return wanted.isEmpty() || state.currentSchema().map(Schema::commit).equals(wanted);
  }

  private static boolean ends(LifecycleEvent event) {
    return switch (event) {
      case LifecycleEvent.EnvironmentCreated _, LifecycleEvent.EnvironmentModified _, LifecycleEvent.MigrationFailed _,
          LifecycleEvent.EnvironmentFailed _, LifecycleEvent.EnvironmentDeleted _ -> true;
      case LifecycleEvent.EnvironmentAccepted _, LifecycleEvent.RebuildAccepted _, LifecycleEvent.StoresReady _,
          LifecycleEvent.CommitAccepted _, LifecycleEvent.ReportPublished _, LifecycleEvent.SnapshotPublished _,
          LifecycleEvent.ChangeLinked _, LifecycleEvent.RefReconciled _, LifecycleEvent.ReconcileHeld _, LifecycleEvent.EnvironmentRehearsed _,
          LifecycleEvent.HistoryReplayed _, LifecycleEvent.EnvironmentNotRehearsed _, LifecycleEvent.ReportChanged _ -> false;
    };
  }
}
