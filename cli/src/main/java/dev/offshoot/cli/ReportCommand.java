package dev.offshoot.cli;

import picocli.CommandLine.Command;

/** {@code offshoot report}. */
@Command(
    name = "report",
    description = "Read delta reports: what a push did to its environment's database, and what a DBA should make of it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot report show feature/new_cool_page",
        "  offshoot report open feature/new_cool_page",
        "  offshoot report list"},
    subcommands = {
        ReportShowCommand.class, ReportOpenCommand.class, ReportListCommand.class, ReportDiffCommand.class})
final class ReportCommand {}
