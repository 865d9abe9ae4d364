package dev.offshoot.cli;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.DeadLetterView;
import dev.offshoot.wire.DeadLetter;
import dev.offshoot.wire.DeadLetters;

/** {@code offshoot dead-letters list}. */
@Command(
    name = "list",
    description = "List the dead letters that nobody has settled, newest first.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot dead-letters list", "  offshoot dead-letters list --all --json | jq ."})
final class DeadLettersListCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Option(names = "--all", description = "Those that were retried or discarded, too.")
  private boolean all;

  @Override
  public Integer call() {
    try (DeadLetters letters = DeadLetters.open(system.config().kafka())) {
      List<DeadLetterView> views = letters.all().stream()
          .filter(letter -> all || letter.settled().isEmpty())
          .sorted(Comparator.<DeadLetter, Instant>comparing(letter -> letter.origin().time()).reversed()
              .thenComparing(DeadLetter::id))
          .map(DeadLetterView::of)
          .toList();
      output.result(views, views.isEmpty() ? "No dead letters." : DeadLetterView.table(views));
      return 0;
    }
  }
}
