package dev.offshoot.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.EventView;
import dev.offshoot.event.Message;
import dev.offshoot.wire.EventLog;

/** {@code offshoot events}. */
@Command(
    name = "events",
    description = "Print what has happened to all environments, oldest first.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot events", "  offshoot events --follow --json | jq ."})
final class EventsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Option(names = "--follow", description = "Stay and print what happens from now on, too.")
  private boolean follow;

  @Override
  public Integer call() {
    try (EventLog log = EventLog.open(system.config().kafka(), true)) {
      List<Message> past = new ArrayList<>();
      while (!log.atEnd()) {
        past.addAll(log.poll(PATIENCE));
      }
      past.stream().sorted(Comparator.comparing(Message::time)).forEach(this::print);
      while (follow && !Thread.currentThread().isInterrupted()) {
        log.poll(PATIENCE).forEach(this::print);
      }
      return 0;
    }
  }

  private void print(Message message) {
    output.result(EventView.of(message), EventView.line(message));
  }
}
