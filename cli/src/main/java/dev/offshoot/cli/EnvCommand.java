package dev.offshoot.cli;

import picocli.CommandLine.Command;

/** {@code offshoot env}. */
@Command(
    name = "env",
    description = "Look at environments, make them and remove them.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot env list",
        "  offshoot env show feature/new_cool_page",
        "  offshoot env dotenv feature/new_cool_page > .env"},
    subcommands = {
        EnvListCommand.class, EnvShowCommand.class, EnvCreateCommand.class, EnvDestroyCommand.class,
            EnvRestoreCommand.class, EnvDotenvCommand.class})
final class EnvCommand {}
