package dev.offshoot.cli;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.BackupView;
import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;

/** {@code offshoot env restore}. */
@Command(
    name = "restore",
    description = {"Bring a destroyed environment back with what was in its stores.",
        "It returns as the next incarnation, under new names and with new passwords; its backups stay. One that is there is destroyed "
            + "first ('offshoot env destroy' backs it up)."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot env restore feature/new_cool_page --dry-run",
        "  offshoot env restore feature/new_cool_page --yes", "  offshoot env restore new-cool-page --incarnation 3"})
final class EnvRestoreCommand implements Callable<Integer> {
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

  @Option(names = "--incarnation", paramLabel = "NUMBER", description = "Which one; without it the newest that backups are kept of.")
  private Optional<Integer> incarnation = Optional.empty();

  @Option(names = "--dry-run", description = "Print what would be restored, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    OffshootConfig config = system.config();
    try (Asking asking = Asking.open(config)) {
      EnvironmentState found = name.in(asking.table());
      Incarnation from = from(found);
      List<BackupView> backups = BackupView.of(found, config.stores().backupRetention())
          .filter(view -> view.incarnation() == from.number() && view.dropped().isEmpty()).sorted(BackupView.ORDER).toList();
      if (dryRun) {
        output.result(backups, BackupView.table(backups, Clock.systemUTC().instant()));
        return 0;
      }
      if (found.phase() != Phase.DESTROYED) {
        throw new CommandFailed(found.id() + " is there (" + found.phase().name().toLowerCase(Locale.ROOT)
            + "); 'offshoot env destroy " + found.id() + "' backs it up and removes it, then ask again");
      }
      confirmation.ask("Restore " + found.id() + " from the " + backups.size() + " backups of incarnation " + from + "?");
      return restore(asking, new Request.RestoreRequested(
          found.presence().map(Presence::origin).orElseThrow(), from, Asking.actor()));
    }
  }

  private int restore(Asking asking, Request.RestoreRequested request) throws InterruptedException {
    if (!waiting.waits()) {
      asking.publish(request);
      output.result(request.origin().environment(), request.origin().environment().value());
      return 0;
    }
    Asking.Answer answer = asking.ask(request, EnvRestoreCommand::ends, message -> output.note(Asking.progress(message)),
        waiting.atMost());
    if (answer instanceof Asking.Answer.Nothing nothing) {
      throw new CommandFailed("Nothing was restored: " + nothing.why());
    }
    EnvironmentState state = asking.state(request);
    EnvironmentView view = EnvironmentView.of(state).orElseThrow();
    output.result(view, view.text());
    return state.phase() == Phase.READY ? 0 : 1;
  }

  private Incarnation from(EnvironmentState found) {
    List<Incarnation> there = found.backups().stream().flatMap(Backups::kept)
        .filter(receipt -> receipt.kind() == StoreKind.POSTGRES).map(BackupReceipt::incarnation).distinct().sorted().toList();
    if (there.isEmpty()) {
      throw new CommandFailed("No backup of " + found.id() + " is kept; 'offshoot backups list --all' shows what was dropped");
    }
    Incarnation wanted = incarnation.map(Incarnation::new).orElse(there.getLast());
    if (!there.contains(wanted)) {
      throw new CommandFailed("Of incarnation " + wanted + " of " + found.id() + " no backup is kept; there are backups of " + there);
    }
    return wanted;
  }

  private static boolean ends(LifecycleEvent event) {
    return switch (event) {
      case LifecycleEvent.EnvironmentCreated _, LifecycleEvent.MigrationFailed _, LifecycleEvent.EnvironmentFailed _ -> true;
      case LifecycleEvent.EnvironmentAccepted _, LifecycleEvent.RebuildAccepted _, LifecycleEvent.StoresReady _,
          LifecycleEvent.CommitAccepted _, LifecycleEvent.EnvironmentModified _, LifecycleEvent.EnvironmentDeleted _,
          LifecycleEvent.ReportPublished _, LifecycleEvent.SnapshotPublished _,
          LifecycleEvent.ChangeLinked _, LifecycleEvent.RefReconciled _, LifecycleEvent.ReconcileHeld _, LifecycleEvent.EnvironmentRehearsed _,
          LifecycleEvent.HistoryReplayed _, LifecycleEvent.EnvironmentNotRehearsed _, LifecycleEvent.ReportChanged _ -> false;
    };
  }
}
