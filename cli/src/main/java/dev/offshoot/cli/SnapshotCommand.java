package dev.offshoot.cli;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.cli.view.SnapshotView;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;
import dev.offshoot.wire.StateTable;

/** {@code offshoot snapshot}. */
@Command(
    name = "snapshot",
    description = "Take snapshots of Staging, which new environments are cloned from, and of Production, for rehearsals.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot snapshot list",
        "  offshoot snapshot take shop"},
    subcommands = {SnapshotCommand.Take.class, SnapshotCommand.ListAll.class})
final class SnapshotCommand {

  /** {@code offshoot snapshot take}. */
  @Command(
      name = "take",
      description = "Take a snapshot of all stores of a repository's Staging together, or of its Production's database.",
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot snapshot take shop", "  offshoot snapshot take shop --of production"})
  static final class Take implements Callable<Integer> {
    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Waiting waiting = new Waiting();

    @Parameters(paramLabel = "REPOSITORY", description = "The repository's key in the configuration.")
    private String repository = "";

    @Option(names = "--of", paramLabel = "SOURCE", defaultValue = "staging",
        description = "What to take it of: staging or production (default: ${DEFAULT-VALUE}).")
    private String source = "staging";

    /** What a snapshot can be taken of, as people write it. */
    private static EnvironmentKind kind(String source) {
      return switch (source) {
        case "staging" -> EnvironmentKind.STATIC;
        case "production" -> EnvironmentKind.PRODUCTION;
        default -> throw new WrongUsage("--of is staging or production, not '" + Harmless.line(source) + "'");
      };
    }

    @Override
    public Integer call() throws InterruptedException {
      EnvironmentKind kind = kind(source);
      OffshootConfig config = system.config();
      RepositoryConfig known = Repositories.named(config, repository);
      Origin origin = kind == EnvironmentKind.PRODUCTION
          ? Origin.production(known.key(), known.defaultBranch())
          : Origin.staging(known.key(), known.defaultBranch());
      if (origin.kind() == EnvironmentKind.PRODUCTION && known.production().isEmpty()) {
        throw new CommandFailed("The configuration has no production of " + known.key() + "; add repositories." + known.key()
            + ".production");
      }
      Request request = new Request.SnapshotRequested(origin, Asking.actor());
      try (Asking asking = Asking.open(config)) {
        if (!waiting.waits()) {
          asking.publish(request);
          output.result(request.origin().environment(), request.origin().environment().value());
          return 0;
        }
        Asking.Answer answer = asking.ask(
            request,
            event -> event instanceof LifecycleEvent.SnapshotPublished
                || event instanceof LifecycleEvent.EnvironmentFailed,
            message -> output.note(Asking.progress(message)),
            waiting.atMost());
        return switch (answer) {
          case Asking.Answer.Nothing nothing -> throw new CommandFailed("No snapshot was taken: " + nothing.why());
          case Asking.Answer.Ended(LifecycleEvent.SnapshotPublished published) -> {
            output.result(published.epoch(), published.epoch().id().value());
            yield 0;
          }
          case Asking.Answer.Ended _ -> 1;
        };
      }
    }
  }

  /** {@code offshoot snapshot list}. */
  @Command(
      name = "list",
      description = {
          "List the snapshots that can be cloned: how large they are, how they were taken, what hangs on them.",
          "With --json also what was masked, the fingerprint, and how long each way to clone took."},
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot snapshot list", "  offshoot snapshot list --repository shop --json"})
  static final class ListAll implements Callable<Integer> {
    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "REPOSITORY", arity = "0..1", description = "Only of this repository.")
    private Optional<String> repository = Optional.empty();

    @Option(names = "--repository", paramLabel = "REPOSITORY", description = "The same, as the other commands take it.")
    private Optional<String> option = Optional.empty();

    @Override
    public Integer call() {
      OffshootConfig config = system.config();
      List<RepositoryKey> keys = repository.or(() -> option).map(r -> List.of(Repositories.named(config, r).key()))
          .orElseGet(() -> config.repositories().keySet().stream().sorted(Comparator.comparing(RepositoryKey::value)).toList());
      try (StateTable state = StateTable.open(config.kafka())) {
        Collection<EnvironmentState> all = state.all();
        List<SnapshotView> views = keys.stream()
            .flatMap(key -> Stream.of(EnvironmentId.staging(key), EnvironmentId.production(key))
                .flatMap(source -> SnapshotView.of(key, state.of(source), all).stream())).toList();
        output.result(views, views.isEmpty() ? "No snapshots." : SnapshotView.table(views, Clock.systemUTC().instant()));
        return 0;
      }
    }
  }
}
