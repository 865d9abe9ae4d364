package dev.offshoot.cli;

import java.util.Optional;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.wire.StateTable;

/** Which report a command is about: an environment's newest, or that of a commit. */
final class ReportName {
  @Parameters(paramLabel = "NAME", description = "The environment's name, the beginning of it, or its branch.")
  private String name = "";

  @Option(names = "--commit", paramLabel = "COMMIT", description = "The commit, or the beginning of its name.")
  private Optional<String> commit = Optional.empty();

  KeptReports among(OffshootConfig config, StateTable table) {
    return new KeptReports(config, new Lookup(table.all()).find(name));
  }

  /** The report's key, without an ending. */
  String key(KeptReports reports) {
    return reports.key(commit);
  }
}
