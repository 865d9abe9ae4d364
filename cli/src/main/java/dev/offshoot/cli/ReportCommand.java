package dev.offshoot.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Report;
import dev.offshoot.wire.StateTable;

/** {@code offshoot report}. */
@Command(
    name = "report",
    description = "Read delta reports.",
    mixinStandardHelpOptions = true,
    subcommands = ReportCommand.Show.class)
final class ReportCommand {

  /** {@code offshoot report show}. */
  @Command(
      name = "show",
      description = "Print an environment's newest delta report as Markdown, or with --json as JSON.",
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot report show feature/new_cool_page"})
  static final class Show implements Callable<Integer> {
    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "The environment's name, the beginning of it, or its branch.")
    private String name = "";

    @Override
    public Integer call() {
      OffshootConfig config = system.config();
      try (StateTable table = StateTable.open(config.kafka())) {
        EnvironmentState found = new Lookup(table.all()).find(name);
        Report report = found.report().orElseThrow(() -> new CommandFailed(
            found.id() + " has no report yet; one comes with each push whose migrations were applied"));
        String key = report.blob() + (output.json() ? ".json" : ".md");
        byte[] content = new FolderBlobs(config.blobs()).get(key).orElseThrow(() -> new CommandFailed(
            "The report " + key + " is not in " + config.blobs() + "; is blobs.directory the reporter's?"));
        output.line(Harmless.block(new String(content, StandardCharsets.UTF_8)).stripTrailing());
        return 0;
      }
    }
  }
}
