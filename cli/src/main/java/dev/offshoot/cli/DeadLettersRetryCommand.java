package dev.offshoot.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.event.Message;
import dev.offshoot.wire.DeadLetter;
import dev.offshoot.wire.DeadLetters;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;

/** {@code offshoot dead-letters retry}. */
@Command(
    name = "retry",
    description = {
        "Ask again for what dead letters were about.",
        "A request is made again under a new id. Of a letter of the migrator or the reporter the provisioner is asked to "
            + "bring the environment to that commit once more. What makes no sense any more is refused, with the reason."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot dead-letters retry 7-42", "  offshoot dead-letters retry --all --rate 1/s"})
final class DeadLettersRetryCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final Pace pace = new Pace();

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  private static final class Which {
    @Parameters(paramLabel = "LETTER", arity = "1..*", description = "Their names, as 'list' shows them.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "All that nobody has settled, oldest first.")
    private boolean all;

    List<DeadLetter> of(List<DeadLetter> letters) {
      return all
          ? letters.stream().filter(letter -> letter.settled().isEmpty())
              .sorted(Comparator.<DeadLetter, Instant>comparing(letter -> letter.origin().time())
                  .thenComparing(DeadLetter::id)).toList()
          : DeadLettersCommand.named(names, letters);
    }
  }

  /**
   * What became of one letter.
   *
   * @param request the new request's id
   * @param refused why there is none
   */
  record Retried(String letter, String environment, Optional<String> request, Optional<String> refused) {
    String text() {
      return letter + "  " + Harmless.line(environment) + "  "
          + request.map(id -> "asked again as " + id).orElse("refused: " + Harmless.line(refused.orElse("")));
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    pace.between();
    OffshootConfig config = system.config();
    int refused = 0;
    try (DeadLetters letters = DeadLetters.open(config.kafka());
        StateTable table = StateTable.open(config.kafka());
        EventPublisher publisher = EventPublisher.open(config.kafka())) {
      List<DeadLetter> chosen = which.of(letters.all());
      for (DeadLetter letter : chosen) {
        Retried retried = switch (Retry.of(letter, table, Asking.actor())) {
          case Retry.Refused(String reason) ->
            new Retried(letter.id().toString(), letter.environment(), Optional.empty(), Optional.of(reason));
          case Retry.Ask ask -> {
            pace.await();
            Message request =
                Message.because(ask.letter(), Asking.SOURCE, Clock.systemUTC().instant(), ask.request());
            publisher.publish(request).join();
            letters.settle(letter, new DeadLetter.Settlement(
                DeadLetter.How.RETRIED, Asking.actor(), request.time(), Optional.of(request.id())));
            yield new Retried(letter.id().toString(), letter.environment(), Optional.of(request.id().value()),
                Optional.empty());
          }
        };
        refused += retried.refused().isPresent() ? 1 : 0;
        output.result(retried, retried.text());
      }
      if (chosen.isEmpty()) {
        output.note("No dead letters.");
      }
    }
    return refused == 0 ? 0 : 1;
  }
}
