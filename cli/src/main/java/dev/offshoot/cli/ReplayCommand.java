package dev.offshoot.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.StateTable;

/** {@code offshoot replay}. */
@Command(
    name = "replay",
    description = {
        "Rebuild environments from what their events say: the next incarnation, from the same snapshot and at the same "
            + "commit, made beside the one that serves and taking its place once it is usable.",
        "What people entered by hand is not carried over. --dry-run shows what would happen and asks for nothing."},
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Examples:",
        "  offshoot replay feature/new_cool_page --dry-run",
        "  offshoot replay new-cool-page --newest-snapshot",
        "  offshoot replay --repository shop --since 2h --yes",
        "  offshoot replay --all --at-once 10 --rate 2/s"})
final class ReplayCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final Pace pace = new Pace();

  @Mixin
  private final Confirmation confirmation = new Confirmation();

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(names = "--since", paramLabel = "TIME",
      description = "Only those of which something was asked, said or told as failed since then: how long ago (15m, 2h, "
          + "3d), a day of UTC or a time such as 2026-11-22T09:30:00Z.")
  private Optional<String> since = Optional.empty();

  @Option(names = "--newest-snapshot", description = "From the newest snapshot instead of the one it was made from.")
  private boolean newestSnapshot;

  @Option(names = "--at", paramLabel = "COMMIT",
      description = "At this commit, its full id, instead of the one last seen; of one environment only.")
  private Optional<String> at = Optional.empty();

  @Option(names = "--dry-run", description = "Print what would happen to each, and do nothing.")
  private boolean dryRun;

  @Option(names = "--at-once", paramLabel = "N", defaultValue = "5",
      description = "How many may be under way at a time (default: ${DEFAULT-VALUE}).")
  private int atOnce = 5;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "900",
      description = "How long to wait for each one's end (default: ${DEFAULT-VALUE}).")
  private long timeoutSeconds = 900;

  private static final class Which {
    @Parameters(paramLabel = "NAME", arity = "1..*",
        description = "Environments: their names, beginnings of names, or branches.")
    private List<String> names = List.of();

    @Option(names = "--repository", paramLabel = "KEY", description = "All of this repository that are alive.")
    private Optional<String> repository = Optional.empty();

    @Option(names = "--all", description = "All that are alive.")
    @SuppressWarnings("UnusedVariable") // what it means is what is left when neither names nor a repository are given
    private boolean all;
  }

  /** What would happen to one. */
  record Planned(String environment, String repository, String branch, boolean asks, String plan) {
    static Planned of(Replay replay) {
      Origin origin = replay.origin();
      return new Planned(replay.environment().value(), origin.repository().value(), origin.ref().branch(),
          replay instanceof Replay.Asking, replay.text());
    }

    String text() {
      return environment + " (" + repository + ", " + Harmless.line(branch) + "): " + Harmless.line(plan);
    }
  }

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (atOnce < 1) {
      throw new ParameterException(spec.commandLine(), "--at-once is how many may be under way at a time: 1 or more");
    }
    pace.between();
    at.ifPresent(id -> WrongUsage.read(id, Commit::new));
    since.ifPresent(text -> Moment.parse(text, Clock.systemUTC()));
    OffshootConfig config = system.config();
    List<Replay> plan;
    try (StateTable table = StateTable.open(config.kafka())) {
      plan = plan(config, table);
    }
    if (at.isPresent() && plan.size() != 1) {
      throw new WrongUsage("--at is a commit of one environment, but " + plan.size() + " are meant; name one");
    }
    List<Replay.Asking> asking =
        plan.stream().filter(Replay.Asking.class::isInstance).map(Replay.Asking.class::cast).toList();
    if (dryRun) {
      List<Planned> planned = plan.stream().map(Planned::of).toList();
      output.result(planned, planned.isEmpty() ? "No environment is meant." : String.join("\n",
          planned.stream().map(Planned::text).toList()) + "\nNothing was asked for.");
      return 0;
    }
    if (!output.json()) {
      plan.forEach(one -> output.note(Planned.of(one).text()));
    }
    if (asking.isEmpty()) {
      output.result(List.of(), "Nothing is to be rebuilt.");
      return 0;
    }
    if (asking.size() > 1) {
      confirmation.ask("Rebuild " + asking.size() + " environments?");
    }
    try (Replaying replaying = Replaying.open(config.kafka(), pace, atOnce, timeoutSeconds)) {
      List<Replaying.Result> results = replaying.run(asking, new ProgressBar(output, asking.size()));
      output.result(results, Replaying.Result.table(results));
      return results.stream().allMatch(Replaying.Result::done) ? 0 : 1;
    }
  }

  private List<Replay> plan(OffshootConfig config, StateTable table) {
    Optional<RepositoryKey> repository = which.repository.map(key -> Repositories.named(config, key).key());
    ReplayPlanner planner = new ReplayPlanner(
        newestSnapshot ? EpochChoice.NEWEST : EpochChoice.SAME, at.map(Commit::new), Asking.actor());
    boolean needsTheLog = which.names.isEmpty() || since.isPresent()
        || !which.names.stream().allMatch(name -> isKnown(table, name));
    ReplayHistory history = needsTheLog
        ? ReplayHistory.read(config.kafka())
        : new ReplayHistory(Map.of(), Map.of());
    Optional<Instant> time = since.map(text -> Moment.parse(text, Clock.systemUTC()));
    List<Replay> plan = new ArrayList<>();
    for (EnvironmentId id : meant(table, history)) {
      Optional<Replay> known = table.of(id).presence().map(planner::fromFacets)
          .or(() -> Optional.ofNullable(history.newest().get(id))
              .map(asked -> planner.fromRequests(asked, creation(config, asked.newest()))));
      if (known.isEmpty()) {
        continue;
      }
      Replay replay = known.get();
      boolean named = !which.names.isEmpty();
      if (repository.filter(key -> !key.equals(replay.origin().repository())).isEmpty()
          && time.filter(t -> !history.since(t).contains(id)).isEmpty()
          && (named || replay instanceof Replay.Asking)) {
        plan.add(replay);
      }
    }
    plan.sort(Comparator.comparing((Replay r) -> r.origin().repository().value()).thenComparing(Replay::environment));
    return plan;
  }

  private static Creation creation(OffshootConfig config, Message message) {
    return Optional.ofNullable(config.repositories().get(((Request) message.event()).origin().repository()))
        .map(RepositoryConfig::create).orElse(Creation.ON_PUSH);
  }

  private static boolean isKnown(StateTable table, String name) {
    try {
      return new Lookup(table.all()).find(name).presence().isPresent();
    } catch (CommandFailed unknown) {
      return false;
    }
  }

  private Set<EnvironmentId> meant(StateTable table, ReplayHistory history) {
    Set<EnvironmentId> ids = new HashSet<>();
    if (which.names.isEmpty()) {
      table.all().stream().filter(ReplayCommand::isOfABranch).map(EnvironmentState::id).forEach(ids::add);
      ids.addAll(history.newest().keySet());
      return ids;
    }
    Lookup lookup = new Lookup(table.all());
    for (String name : which.names) {
      ids.add(isKnown(table, name) ? lookup.find(name).id() : fromLog(name, history));
    }
    return ids;
  }

  private static boolean isOfABranch(EnvironmentState environment) {
    return environment.presence().map(Presence::origin).filter(o -> o.kind() == EnvironmentKind.FULL).isPresent();
  }

  /** One that only its requests still speak of. */
  private static EnvironmentId fromLog(String name, ReplayHistory history) {
    List<EnvironmentId> found = history.newest().values().stream().map(ReplayHistory.Asked::newest)
        .filter(m -> m.environment().value().equals(name)
            || (m.event() instanceof Request r && r.origin().ref().branch().equals(name)))
        .map(m -> m.environment()).toList();
    if (found.size() != 1) {
      throw new CommandFailed(found.isEmpty()
          ? "Neither the state nor the requests of the last 30 days know '" + Harmless.line(name)
              + "'; 'offshoot env create REPOSITORY BRANCH' makes it"
          : "'" + Harmless.line(name) + "' may be any of " + found + "; write the whole name");
    }
    return found.getFirst();
  }
}
