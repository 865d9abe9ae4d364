package dev.offshoot.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.offshoot.cli.system.Closing;
import dev.offshoot.cli.system.LogFormat;
import dev.offshoot.cli.system.Logs;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.WorkerProcess;

/** {@code offshoot run}. */
@Command(
    name = "run",
    description = "Run one worker, or all five, against the servers that the configuration names.",
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Workers: webhook-ingest, provisioner, migrator, reporter, sweeper.",
        "",
        "Examples:",
        "  offshoot run migrator --config /etc/offshoot.yaml",
        "  offshoot run all"})
final class RunCommand implements Callable<Integer> {
  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "WORKER", description = "A worker's name, or 'all'.")
  private String worker = "";

  @Option(names = "--config", paramLabel = "FILE", defaultValue = "offshoot.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path config = Path.of("offshoot.yaml");

  @Option(names = "--logs", paramLabel = "DIR", description = "Log into a file in this folder instead of stderr.")
  private Optional<Path> logs = Optional.empty();

  @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = "${env:OFFSHOOT_LOG_FORMAT:-text}",
      description = "How the log is written: text, or json (default: $OFFSHOOT_LOG_FORMAT, else text).")
  private LogFormat logFormat = LogFormat.TEXT;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    List<WorkerName> workers = workers();
    logs.ifPresentOrElse(folder -> Logs.to(folder.resolve(worker + ".log"), logFormat), () -> Logs.toStderr(logFormat));
    OffshootConfig read = ConfigFile.load(config);
    WorkerProcess process = Closing.atExit().add(WorkerProcess.open(read.workers().management()));
    for (WorkerName each : workers) {
      process.start(each.label(), () -> each.start(read));
      output.result(Map.of("worker", each.label(), "started", true), each.label() + " started");
    }
    Optional<WorkerProcess.Fault> fault = process.awaitFault();
    if (fault.isPresent()) {
      throw new CommandFailed(fault.get().worker() + " cannot go on: " + fault.get().reason()
          + "; its log says more. This process ends, so that whoever runs it starts it again");
    }
    return 0;
  }

  private List<WorkerName> workers() {
    if (worker.equals("all")) {
      return List.of(WorkerName.values());
    }
    return List.of(WorkerName.labelled(worker).orElseThrow(() -> new ParameterException(spec.commandLine(),
        "There is no worker '" + worker + "'; name all, or one of "
            + Arrays.stream(WorkerName.values()).map(WorkerName::label).collect(Collectors.joining(", ")))));
  }
}
