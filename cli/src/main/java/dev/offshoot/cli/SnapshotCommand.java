package dev.offshoot.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.Table;
import dev.offshoot.cli.view.Times;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;
import dev.offshoot.wire.StateTable;

/** {@code offshoot snapshot}. */
@Command(
    name = "snapshot",
    description = "Take snapshots of Staging, which new environments are cloned from.",
    mixinStandardHelpOptions = true,
    subcommands = {SnapshotCommand.Take.class, SnapshotCommand.ListAll.class})
final class SnapshotCommand {

  /** {@code offshoot snapshot take}. */
  @Command(
      name = "take",
      description = "Take a snapshot of all stores of a repository's Staging together.",
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot snapshot take shop"})
  static final class Take implements Callable<Integer> {
    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Waiting waiting = new Waiting();

    @Parameters(paramLabel = "REPOSITORY", description = "The repository's key in the configuration.")
    private String repository = "";

    @Override
    public Integer call() throws InterruptedException {
      OffshootConfig config = system.config();
      RepositoryConfig known = Repositories.named(config, repository);
      Request request =
          new Request.SnapshotRequested(Origin.staging(known.key(), known.defaultBranch()), Asking.actor());
      try (Asking asking = Asking.open(config)) {
        if (!waiting.waits()) {
          asking.publish(request);
          output.result(request.origin().environment(), request.origin().environment().value());
          return 0;
        }
        Optional<LifecycleEvent> end = asking.ask(
            request,
            event -> event instanceof LifecycleEvent.SnapshotPublished
                || event instanceof LifecycleEvent.EnvironmentFailed,
            message -> output.note(Asking.progress(message)),
            waiting.atMost());
        Optional<Epoch> epoch = end.filter(LifecycleEvent.SnapshotPublished.class::isInstance)
            .flatMap(_ -> asking.state(request).epochs()).flatMap(Epochs::newest);
        epoch.ifPresent(taken -> output.result(taken, taken.id().value()));
        return epoch.isPresent() ? 0 : 1;
      }
    }
  }

  /** {@code offshoot snapshot list}. */
  @Command(
      name = "list",
      description = "List the snapshots that can be cloned.",
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot snapshot list", "  offshoot snapshot list shop --json"})
  static final class ListAll implements Callable<Integer> {
    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "REPOSITORY", arity = "0..1", description = "Only of this repository.")
    private Optional<String> repository = Optional.empty();

    /** An epoch with the repository it belongs to. */
    record Row(RepositoryKey repository, Epoch epoch) {}

    @Override
    public Integer call() {
      OffshootConfig config = system.config();
      List<RepositoryKey> keys = repository.map(r -> List.of(Repositories.named(config, r).key()))
          .orElseGet(() -> List.copyOf(config.repositories().keySet()));
      try (StateTable state = StateTable.open(config.kafka())) {
        List<Row> rows = keys.stream()
            .flatMap(key -> state.of(EnvironmentId.staging(key)).epochs().stream()
                .flatMap(epochs -> epochs.epochs().stream()).map(epoch -> new Row(key, epoch)))
            .toList();
        Table table = new Table("SNAPSHOT", "REPOSITORY", "TAKEN", "STORE", "BYTES");
        for (Row row : rows) {
          for (StoreSnapshot part : row.epoch().stores()) {
            table.row(row.epoch().id().value(), row.repository().value(), Times.seconds(row.epoch().takenAt()),
                part.kind().name().toLowerCase(Locale.ROOT), Long.toString(part.bytes()));
          }
        }
        output.result(rows, rows.isEmpty() ? "No snapshots." : table.text());
        return 0;
      }
    }
  }
}
