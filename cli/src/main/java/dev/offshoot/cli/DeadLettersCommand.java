package dev.offshoot.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;

import dev.offshoot.wire.DeadLetter;
import dev.offshoot.wire.DeadLetterId;

/** {@code offshoot dead-letters}. */
@Command(
    name = "dead-letters",
    description = "See and settle what no worker could handle.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot dead-letters list",
        "  offshoot dead-letters show 7-42",
        "  offshoot dead-letters retry 7-42"},
    subcommands = {
        DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersRetryCommand.class,
        DeadLettersDiscardCommand.class})
final class DeadLettersCommand {

  /** The letters of these names, in their order. */
  static List<DeadLetter> named(List<String> names, List<DeadLetter> letters) {
    List<DeadLetter> named = new ArrayList<>();
    for (String name : names) {
      DeadLetterId id = WrongUsage.read(name, DeadLetterId::parse);
      named.add(letters.stream().filter(letter -> letter.id().equals(id)).findFirst()
          .orElseThrow(() -> new CommandFailed("There is no dead letter " + id
              + "; they are kept for 30 days, and 'offshoot dead-letters list --all' shows all that are there")));
    }
    return named;
  }
}
