package dev.offshoot.cli;

import java.util.function.Function;

import dev.offshoot.cli.view.Harmless;

/** What was written after a command cannot be meant: exit code 2, as for what picocli finds out by itself. */
final class WrongUsage extends CommandFailed {
  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message);
  }

  /** Reads a word; the message of its grammar says what is wrong with it. */
  static <T> T read(String word, Function<String, T> grammar) {
    try {
      return grammar.apply(word);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage("'" + Harmless.line(word) + "' cannot be meant. " + e.getMessage());
    }
  }
}
