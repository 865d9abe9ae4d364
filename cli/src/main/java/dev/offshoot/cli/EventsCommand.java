package dev.offshoot.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.offshoot.cli.view.EventView;
import dev.offshoot.cli.view.History;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.event.Message;
import dev.offshoot.wire.EventLog;
import dev.offshoot.wire.Selection;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topic;

/** {@code offshoot events}. */
@Command(
    name = "events",
    description = "Print what has happened to all environments, or to some, oldest first.",
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Examples:",
        "  offshoot events --since 2h",
        "  offshoot events feature/new_cool_page --requests",
        "  offshoot events --since 2026-11-21 --until 6h --type MigrationFailed",
        "  offshoot events --since beginning --limit 20",
        "  offshoot events --follow --json | jq ."})
final class EventsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "NAME", arity = "0..*",
      description = "Only of these environments: their names, beginnings of names, or branches.")
  private List<String> names = List.of();

  @Option(names = "--since", paramLabel = "TIME", defaultValue = "beginning",
      description = "From then on: how long ago (90s, 15m, 2h, 3d), a day of UTC, a time such as 2026-11-22T09:30:00Z, "
          + "or 'beginning', the oldest that is kept: events for 90 days, requests for 30 (default: ${DEFAULT-VALUE}).")
  private String since = "beginning";

  @Option(names = "--until", paramLabel = "TIME", description = "Up to then, written like --since.")
  private Optional<String> until = Optional.empty();

  @Option(names = "--requests", description = "Also what was asked: git events, commands, asks of workers.")
  private boolean requests;

  @Option(names = "--type", paramLabel = "TYPE", split = ",",
      description = "Only of these types: the names that --json has under 'event', or CloudEvents types.")
  private List<String> types = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "Only the newest N of what has happened until now.")
  private Optional<Integer> limit = Optional.empty();

  @Option(names = "--follow", description = "Stay and print what happens from now on, too.")
  private boolean follow;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (limit.filter(n -> n < 1).isPresent()) {
      throw new ParameterException(spec.commandLine(), "--limit is how many events to print: 1 or more");
    }
    EventTypes wanted = EventTypes.named(types);
    Selection all = ofEverybody();
    OffshootConfig config = system.config();
    Selection selection = new Selection(all.topics(), environments(config), all.start(), all.until());
    try (EventLog log = EventLog.open(config.kafka(), selection)) {
      List<Message> past = new ArrayList<>();
      while (!log.atEnd()) {
        log.poll(PATIENCE).stream().filter(wanted::includes).forEach(past::add);
      }
      List<Message> ordered = History.inOrder(past);
      ordered.stream().skip(limit.map(n -> Math.max(0, ordered.size() - n)).orElse(0)).forEach(this::print);
      while (follow && !Thread.currentThread().isInterrupted()) {
        log.poll(PATIENCE).stream().filter(wanted::includes).forEach(this::print);
      }
      return 0;
    }
  }

  private Selection ofEverybody() {
    Clock clock = Clock.systemUTC();
    Selection.Start start = since.equals("beginning")
        ? new Selection.Start.Beginning()
        : new Selection.Start.At(Moment.parse(since, clock));
    Optional<Instant> end = until.map(text -> Moment.parse(text, clock));
    if (follow && end.isPresent()) {
      throw new WrongUsage("--follow has no end: leave out --until, or --follow");
    }
    Set<Topic> topics = EnumSet.of(Topic.ENVIRONMENTS);
    if (requests) {
      topics.add(Topic.REQUESTS);
    }
    return new Selection(topics, Set.of(), start, end);
  }

  private Set<EnvironmentId> environments(OffshootConfig config) {
    Set<EnvironmentId> environments = new HashSet<>();
    if (!names.isEmpty()) {
      try (StateTable table = StateTable.open(config.kafka())) {
        Lookup lookup = new Lookup(table.all());
        names.forEach(name -> environments.add(lookup.named(name)));
      }
    }
    return environments;
  }

  private void print(Message message) {
    output.result(EventView.of(message), EventView.line(message));
  }
}
