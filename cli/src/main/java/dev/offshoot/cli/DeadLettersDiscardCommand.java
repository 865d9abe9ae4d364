package dev.offshoot.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.wire.DeadLetter;
import dev.offshoot.wire.DeadLetters;

/** {@code offshoot dead-letters discard}. */
@Command(
    name = "discard",
    description = {
        "Say that nothing is to be done about dead letters: 'list' shows them no more, 'list --all' with who did it.",
        "They stay on the topic until its retention ends."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot dead-letters discard 7-42 9-3"})
final class DeadLettersDiscardCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "LETTER", arity = "1..*", description = "Their names, as 'list' shows them.")
  private List<String> names = List.of();

  /** What was done about one. */
  record Discarded(String letter, boolean discarded) {}

  @Override
  public Integer call() {
    try (DeadLetters letters = DeadLetters.open(system.config().kafka())) {
      for (DeadLetter letter : DeadLettersCommand.named(names, letters.all())) {
        boolean open = letter.settled().isEmpty();
        if (open) {
          letters.settle(letter, new DeadLetter.Settlement(
              DeadLetter.How.DISCARDED, Asking.actor(), Clock.systemUTC().instant(), Optional.empty()));
        }
        output.result(new Discarded(letter.id().toString(), open),
            letter.id() + (open ? " discarded" : " was settled before; nothing was changed"));
      }
      return 0;
    }
  }
}
