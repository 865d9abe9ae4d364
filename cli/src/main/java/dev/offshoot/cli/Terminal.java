package dev.offshoot.cli;

import java.io.Console;
import java.util.Optional;

/** Where a person sits. */
public final class Terminal {
  private Terminal() {}

  /** Empty when nobody does: in a script, a pipe, a service. */
  @SuppressWarnings("SystemConsoleNull") // the console of java.base, the default since 25, is null without a terminal
  public static Optional<Console> ofAPerson() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
