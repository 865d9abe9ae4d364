package dev.offshoot.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.ReportDifference;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.wire.StateTable;

/** {@code offshoot report diff}. */
@Command(
    name = "diff",
    description = "Say what changed between two delta reports of an environment: by default the two newest.",
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Examples:",
        "  offshoot report diff feature/new_cool_page",
        "  offshoot report diff feature/new_cool_page 4f1d2c3 9b0c1d2 --json"})
final class ReportDiffCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Parameters(index = "0", paramLabel = "NAME",
      description = "The environment's name, the beginning of it, or its branch.")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "FROM", description = "The earlier commit (default: the last but one).")
  private Optional<String> from = Optional.empty();

  @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "The later commit (default: the newest).")
  private Optional<String> to = Optional.empty();

  @Override
  public Integer call() {
    OffshootConfig config = system.config();
    try (StateTable table = StateTable.open(config.kafka())) {
      KeptReports reports = new KeptReports(config, new Lookup(table.all()).find(name));
      ReportDifference difference = ReportDifference.between(report(reports, from, 1), report(reports, to, 0));
      output.result(difference, difference.text());
      return 0;
    }
  }

  private static DeltaReport report(KeptReports reports, Optional<String> commit, int index) {
    if (commit.isPresent()) {
      return reports.named(commit.get()).report().orElseThrow(() -> new CommandFailed(
          "The report of " + reports.named(commit.get()).commit() + " was written by another version of Offshoot"));
    }
    List<DeltaReport> all = reports.all().stream().flatMap(kept -> kept.report().stream()).toList();
    if (index >= all.size()) {
      throw new CommandFailed(reports.environment() + " has " + all.size() + (all.size() == 1 ? " report" : " reports")
          + "; two are needed to compare");
    }
    return all.get(index);
  }
}
