package dev.offshoot.cli;

import java.util.concurrent.CompletionException;

import picocli.CommandLine;

import dev.offshoot.config.ConfigException;
import dev.offshoot.config.ConfigProblem;
import dev.offshoot.embedded.ServerStartException;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.worker.Failure;

/** What a person is told when a command fails. */
final class Failures {
  private Failures() {}

  /** Prints it and returns the exit code. */
  static int tell(Exception failure, CommandLine command) {
    if (failure instanceof WrongUsage wrong) {
      return Usage.tell(String.valueOf(wrong.getMessage()), command);
    }
    switch (failure) {
      case ConfigException e -> {
        command.getErr().println("The configuration " + e.file().map(file -> file + " ").orElse("") + "cannot be used:");
        for (ConfigProblem problem : e.problems()) {
          command.getErr().println("  " + problem);
        }
      }
      case CommandFailed e -> command.getErr().println(e.getMessage());
      case ServerStartException e -> command.getErr().println(e.getMessage());
      case Failure e -> command.getErr().println(e.getMessage());
      case IllegalArgumentException e -> command.getErr().println(e.getMessage());
      case CompletionException e when e.getCause() instanceof Failure cause ->
        command.getErr().println(cause.getMessage());
      case InterruptedException _ -> command.getErr().println("Interrupted");
      case RuntimeException e when KafkaClients.toldOf(e).isPresent() -> command.getErr().println(KafkaClients.toldOf(e).get());
      default -> {
        command.getErr().println("This should not have happened; please report it with what follows.");
        failure.printStackTrace(command.getErr());
      }
    }
    command.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
