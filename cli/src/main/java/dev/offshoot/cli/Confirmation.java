package dev.offshoot.cli;

import java.io.Console;
import java.util.Locale;

import picocli.CommandLine.Option;

/** A person's yes before something is done to many things at a time. */
final class Confirmation {
  @Option(names = "--yes", description = "Do not ask whether it is meant.")
  private boolean yes;

  /** Returns once it was said; fails when it was not. */
  void ask(String question) {
    if (yes) {
      return;
    }
    ask(question, Terminal.ofAPerson().orElseThrow(() -> new CommandFailed(
        question + " Nobody is there to ask: say --yes, or see with --dry-run what would happen")));
  }

  /** The same where a person sits; a script has meant what it says. */
  void askWhoIsThere(String question) {
    if (!yes) {
      Terminal.ofAPerson().ifPresent(console -> ask(question, console));
    }
  }

  private static void ask(String question, Console console) {
    String answer = console.readLine("%s [y/N] ", question);
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new CommandFailed("Nothing was done");
    }
  }
}
