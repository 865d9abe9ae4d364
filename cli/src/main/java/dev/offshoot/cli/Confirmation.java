package dev.offshoot.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

import picocli.CommandLine.Option;

/** A person's yes before something is done to many things at a time. */
final class Confirmation {
  @Option(names = "--yes", description = "Do not ask whether it is meant.")
  private boolean yes;

  /** Where a person sits; without one Java has no console, or one that is no terminal. */
  static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  /** Returns once it was said; fails when it was not. */
  void ask(String question) {
    if (yes) {
      return;
    }
    Console console = terminal().orElseThrow(() -> new CommandFailed(
        question + " Nobody is there to ask: say --yes, or see with --dry-run what would happen"));
    String answer = console.readLine("%s [y/N] ", question);
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new CommandFailed("Nothing was done");
    }
  }
}
