package dev.offshoot.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import dev.offshoot.cli.view.Harmless;

/** What a person is told who has written what no command understands: what is wrong, what may be meant, where the help is. */
final class Usage {
  private Usage() {}

  /** Prints it and returns the exit code. */
  static int tell(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    boolean isGroup = !(command.getCommand() instanceof Callable<?>);
    if (isGroup && wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      err.println(unknown(unmatched.getUnmatched().getFirst(), command));
    } else {
      err.println(wrong.getMessage());
    }
    if (isGroup && !(wrong instanceof UnmatchedArgumentException)) {
      command.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    UnmatchedArgumentException.printSuggestions(wrong, err);
    return hint(command);
  }

  static int tell(String wrong, CommandLine command) {
    command.getErr().println(wrong);
    return hint(command);
  }

  private static String unknown(String word, CommandLine group) {
    return "'" + group.getCommandSpec().qualifiedName() + "' has no command '" + Harmless.line(word) + "'; there are "
        + String.join(", ", group.getCommandSpec().subcommands().keySet());
  }

  private static int hint(CommandLine command) {
    command.getErr().println("'" + command.getCommandSpec().qualifiedName() + " --help' says what can be written");
    command.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }
}
