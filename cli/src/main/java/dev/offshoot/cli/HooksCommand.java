package dev.offshoot.cli;

import picocli.CommandLine.Command;

/** {@code offshoot hooks}. */
@Command(
    name = "hooks",
    description = "Set up webhooks, and see whether they work.",
    mixinStandardHelpOptions = true,
    subcommands = {HooksListCommand.class, HooksTestCommand.class, HooksSecretCommand.class})
final class HooksCommand {}
