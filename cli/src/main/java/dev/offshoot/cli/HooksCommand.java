package dev.offshoot.cli;

import picocli.CommandLine.Command;

/** {@code offshoot hooks}. */
@Command(
    name = "hooks",
    description = "Set up webhooks, and see whether they work.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot hooks list",
        "  offshoot hooks test shop",
        "  offshoot hooks secret new"},
    subcommands = {HooksListCommand.class, HooksTestCommand.class, HooksSecretCommand.class})
final class HooksCommand {}
