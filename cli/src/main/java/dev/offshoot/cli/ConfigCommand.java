package dev.offshoot.cli;

import picocli.CommandLine.Command;

/** {@code offshoot config}. */
@Command(
    name = "config",
    description = "Check a configuration.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot config check offshoot.yaml"},
    subcommands = ConfigCheckCommand.class)
final class ConfigCommand {}
