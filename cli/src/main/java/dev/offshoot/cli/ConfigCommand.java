package dev.offshoot.cli;

import picocli.CommandLine.Command;

/** {@code offshoot config}. */
@Command(
    name = "config",
    description = "Check a configuration.",
    mixinStandardHelpOptions = true,
    subcommands = ConfigCheckCommand.class)
final class ConfigCommand {}
