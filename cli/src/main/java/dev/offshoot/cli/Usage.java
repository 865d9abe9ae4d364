package dev.offshoot.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person is told who has written what no command understands: what is wrong, what may be meant, where the help is. */
final class Usage {
  private Usage() {}

  /** Prints it and returns the exit code. */
  static int tell(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    boolean isGroup = !(command.getCommand() instanceof Callable<?>);
    boolean isUnmatched = wrong instanceof UnmatchedArgumentException;
    if (isGroup && !isUnmatched) {
      err.println(wrong.getMessage());
      command.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    err.println(isGroup && isUnmatched ? unknown((UnmatchedArgumentException) wrong, command) : wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    return hint(command);
  }

  static int tell(String wrong, CommandLine command) {
    command.getErr().println(wrong);
    return hint(command);
  }

  private static String unknown(UnmatchedArgumentException wrong, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return wrong.isUnknownOption() ? wrong.getMessage()
        : "'" + name + "' has no command '" + wrong.getUnmatched().getFirst() + "'; there are "
            + String.join(", ", command.getCommandSpec().subcommands().keySet());
  }

  private static int hint(CommandLine command) {
    command.getErr().println("'" + command.getCommandSpec().qualifiedName() + " --help' says what can be written");
    command.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }
}
