package dev.offshoot.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.wire.StateTable;

/** {@code offshoot report show}. */
@Command(
    name = "show",
    description = "Print an environment's newest delta report, or that of a commit.",
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Examples:",
        "  offshoot report show feature/new_cool_page",
        "  offshoot report show feature/x --commit 4f1d2c3 --json | jq .verdict",
        "  offshoot report show feature/new_cool_page --format html > report.html"})
final class ReportShowCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final ReportName name = new ReportName();

  @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "md",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); --json is --format json.")
  private Format format = Format.md;

  /** By the blob's ending. */
  enum Format {
    html,
    md,
    json
  }

  @Override
  public Integer call() {
    OffshootConfig config = system.config();
    Format chosen = output.json() ? Format.json : format;
    try (StateTable table = StateTable.open(config.kafka())) {
      KeptReports reports = name.among(config, table);
      String text = new String(reports.content(name.key(reports) + "." + chosen.name()), StandardCharsets.UTF_8);
      output.line(Harmless.block(text).stripTrailing());
      return 0;
    }
  }
}
