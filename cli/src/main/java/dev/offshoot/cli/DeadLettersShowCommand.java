package dev.offshoot.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.DeadLetterView;
import dev.offshoot.wire.DeadLetters;

/** {@code offshoot dead-letters show}. */
@Command(
    name = "show",
    description = "Show a dead letter: why it is one, where it came from, its headers and what is in it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot dead-letters show 7-42"})
final class DeadLettersShowCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "LETTER", description = "Its name, as 'list' shows it.")
  private String letter = "";

  @Override
  public Integer call() {
    try (DeadLetters letters = DeadLetters.open(system.config().kafka())) {
      DeadLetterView view =
          DeadLetterView.of(DeadLettersCommand.named(List.of(letter), letters.all()).getFirst());
      output.result(view, view.details());
      return 0;
    }
  }
}
