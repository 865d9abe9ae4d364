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
    subcommands = {
        DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersRetryCommand.class,
        DeadLettersDiscardCommand.class})
final class DeadLettersCommand {

  /** The letters of these names, in their order. */
  static List<DeadLetter> named(List<String> names, List<DeadLetter> letters) {
    List<DeadLetter> named = new ArrayList<>();
    for (String name : names) {
      DeadLetterId id = DeadLetterId.parse(name);
      named.add(letters.stream().filter(letter -> letter.id().equals(id)).findFirst()
          .orElseThrow(() -> new CommandFailed("There is no dead letter " + id
              + "; they are kept for 30 days, and 'offshoot dead-letters list --all' shows all that are there")));
    }
    return named;
  }
}
