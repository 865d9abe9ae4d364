package dev.offshoot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.cli.view.Table;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.wire.StateTable;

/** {@code offshoot adopt}. */
@Command(
    name = "adopt",
    description = {
        "Rebuild the state of a lost Kafka from what stands in the stores and the git hosts' branches.",
        "Snapshots of Staging and environments whose branch still exists are asked to be taken up as they stand, with "
            + "what people entered by hand. Nothing is removed; what belongs to no branch is shown and left alone. "
            + "What is known already stays as it is."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot adopt --dry-run", "  offshoot adopt"})
final class AdoptCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final Pace pace = new Pace();

  @Option(names = "--dry-run", description = "Print what would be asked for, and do nothing.")
  private boolean dryRun;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "900",
      description = "How long to wait for each one's end (default: ${DEFAULT-VALUE}).")
  private long timeoutSeconds = 900;

  /** How many are under way at a time: next to nothing is made. */
  private static final int AT_ONCE = 5;

  /** What was done. */
  record Adopted(List<Findings.Row> found, List<Replaying.Result> results) {
    Adopted {
      found = List.copyOf(found);
      results = List.copyOf(results);
    }
  }

  @Override
  public Integer call() throws Exception {
    OffshootConfig config = system.config();
    pace.between();
    Findings findings;
    try (StateTable table = StateTable.open(config.kafka())) {
      findings = Findings.look(config, table, output::note);
    }
    List<Findings.Row> rows = findings.rows();
    if (dryRun) {
      output.result(rows, table(rows) + "\nNothing was asked for.");
      return 0;
    }
    if (!output.json()) {
      output.note(table(rows));
    }
    try (EpochAdoption epochs = EpochAdoption.open(config.kafka())) {
      epochs.adopt(findings.epochs(), output);
    }
    List<Replaying.Result> results = new ArrayList<>();
    if (!findings.environments().isEmpty()) {
      try (Replaying replaying = Replaying.open(config.kafka(), pace, AT_ONCE, timeoutSeconds)) {
        results.addAll(
            replaying.run(findings.environments(), new ProgressBar(output, findings.environments().size())));
      }
    }
    output.result(new Adopted(rows, results), results.isEmpty()
        ? "No environment was to be adopted." : Replaying.Result.table(results));
    return results.stream().allMatch(Replaying.Result::done) ? 0 : 1;
  }

  private static String table(List<Findings.Row> rows) {
    if (rows.isEmpty()) {
      return "The stores hold nothing that is not known.";
    }
    Table table = new Table("REPOSITORY", "ENVIRONMENT", "BRANCH", "FOUND", "WHAT");
    for (Findings.Row row : rows) {
      table.row(row.repository(), row.environment(), Harmless.line(row.branch().orElse("-")), row.found(), row.what());
    }
    return table.text();
  }
}
