package dev.offshoot.cli;

import picocli.CommandLine.Command;

/** {@code offshoot env}. */
@Command(
    name = "env",
    description = "Look at environments, make them and remove them.",
    mixinStandardHelpOptions = true,
    subcommands = {
        EnvListCommand.class, EnvShowCommand.class, EnvCreateCommand.class, EnvDestroyCommand.class,
            EnvRestoreCommand.class, EnvDotenvCommand.class})
final class EnvCommand {}
