package dev.offshoot.cli;

/** A command could not do what was asked; the message says what happened and what to do, and is all that is shown. */
public sealed class CommandFailed extends RuntimeException permits WrongUsage {
  private static final long serialVersionUID = 1L;

  public CommandFailed(String message) {
    super(message);
  }

  public CommandFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
