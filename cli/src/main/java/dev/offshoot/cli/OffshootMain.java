package dev.offshoot.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

import dev.offshoot.cli.demo.DemoCommand;

/** The {@code offshoot} command. */
@Command(
    name = "offshoot",
    description = "Every git branch gets its own working data environment.",
    mixinStandardHelpOptions = true,
    version = "offshoot 0.1.0",
    subcommands = {
        DemoCommand.class,
        UpCommand.class,
        RunCommand.class,
        EnvCommand.class,
        HooksCommand.class,
        EventsCommand.class,
        SnapshotCommand.class,
        BackupsCommand.class,
        DeadLettersCommand.class,
        ReplayCommand.class,
        AdoptCommand.class,
        ReconcileCommand.class,
        RehearseCommand.class,
        ReportCommand.class,
        LintCommand.class,
        ConfigCommand.class,
        DoctorCommand.class,
        FaultsCommand.class,
        CompletionCommand.class,
        HelpCommand.class},
    footer = {
        "",
        "Examples:",
        "  offshoot demo                        see all of it, nothing to install",
        "  offshoot up                          the same for your own repositories",
        "  offshoot env list",
        "  set -a; eval \"$(offshoot env dotenv feature/x)\"; set +a",
        "",
        "Exit codes: 0 done, 1 failed, 2 wrong usage."})
public final class OffshootMain {
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with all its sub-commands, printing in UTF-8 whatever the platform's encoding is. */
  public static CommandLine commandLine() {
    return new CommandLine(new OffshootMain())
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, _) -> Usage.tell(wrong))
        .setExecutionExceptionHandler((failure, command, _) -> Failures.tell(failure, command));
  }
}
