package dev.offshoot.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.system.Addresses;
import dev.offshoot.cli.system.Closing;
import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.ExampleConfig;
import dev.offshoot.cli.system.Installation;
import dev.offshoot.cli.system.LogFormat;
import dev.offshoot.cli.system.Logs;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerPlace;
import dev.offshoot.config.RepositoryConfig;

/** {@code offshoot up}. */
@Command(
    name = "up",
    description = {
        "Run the whole system for your own repositories on this machine.",
        "It starts Kafka, PostgreSQL, Solr, Redis and the five workers. What dies is started again.",
        "Everything is kept in one folder and found again at the next start. Ctrl-C stops it."},
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Examples:",
        "  offshoot up",
        "  offshoot up --data /srv/offshoot --config offshoot.yaml --port 8080"})
final class UpCommand implements Callable<Integer> {
  @Mixin
  private final Output output = new Output();

  @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:OFFSHOOT_DATA:-.offshoot}",
      description = "Where everything is kept (default: $OFFSHOOT_DATA, else .offshoot here).")
  private Path data = DataFolder.DEFAULT;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration (default: offshoot.yaml in DIR).")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--port", paramLabel = "PORT",
      description = "The port of the webhooks (default: a free one, kept in DIR).")
  private Optional<Integer> port = Optional.empty();

  @Option(names = "--processes", description = "Each worker in a process of its own, as in production.")
  private boolean processes;

  @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = "${env:OFFSHOOT_LOG_FORMAT:-text}",
      description = "How the log is written: text, or json (default: $OFFSHOOT_LOG_FORMAT, else text).")
  private LogFormat logFormat = LogFormat.TEXT;

  @Override
  public Integer call() throws Exception {
    DataFolder folder = new DataFolder(data).prepare();
    Logs.to(folder.logs().resolve("offshoot.log"), logFormat);
    if (config.isEmpty() && ExampleConfig.writeIfMissing(folder.userConfig())) {
      output.note(folder.userConfig()
          + " names your repositories. It was not there; it is now, with everything commented out:\n\n"
          + ExampleConfig.text());
    }
    try (Closing closing = Closing.atExit()) {
      long began = System.nanoTime();
      Installation installation = closing.add(Installation.start(
          folder, config.orElseGet(folder::userConfig), port.map(OptionalInt::of).orElseGet(OptionalInt::empty),
          (server, after) ->
              output.note(String.format(Locale.ROOT, "  %-9s ready after %d ms", server.label(), after.toMillis()))));
      installation.warnings().forEach(warning -> output.note("warning: " + warning));
      for (RepositoryConfig repository : installation.config().repositories().values()) {
        makeStaging(installation, repository, folder);
      }
      Addresses addresses =
          installation.startWorkers(processes ? WorkerPlace.OWN_PROCESSES : WorkerPlace.THIS_PROCESS);
      output.result(addresses, text(addresses, folder, Duration.ofNanos(System.nanoTime() - began)));
      throw new CommandFailed(
          "Offshoot stops: " + installation.awaitFault() + "; " + folder.logs() + " says more. Start it again");
    }
  }

  private void makeStaging(Installation installation, RepositoryConfig repository, DataFolder folder) {
    StagingStores stores = new StagingStores(installation.config().stores());
    StagingHints hints = new StagingHints(installation.config(), folder);
    StagingStores.Made made = stores.ensure(repository);
    if (made.database() || made.core()) {
      output.note(hints.text(repository, made));
    }
    stores.missingProduction(repository).ifPresent(database -> output.note(hints.withoutProduction(repository, database)));
  }

  private static String text(Addresses addresses, DataFolder folder, Duration took) {
    StringBuilder text = new StringBuilder("Offshoot is up after " + took.toMillis() + " ms.\n");
    new TreeMap<>(addresses.webhooks())
        .forEach((key, url) -> text.append("  webhook     ").append(url).append("  of ").append(key).append('\n'));
    new TreeMap<>(addresses.management()).forEach((worker, url) -> text.append("  health      ").append(url)
        .append("/health/ready").append(worker.equals("all") ? "" : "  " + worker).append('\n')
        .append("  metrics     ").append(url).append("/metrics\n"));
    text.append("  Kafka       ").append(addresses.kafka()).append('\n');
    text.append("  PostgreSQL  ").append(addresses.postgres()).append('\n');
    text.append("  Solr        ").append(addresses.solr()).append('\n');
    text.append("  kept in     ").append(folder.root()).append("\n");
    text.append("Try 'offshoot env list --data ").append(folder.root()).append("'. Ctrl-C stops it.");
    return text.toString();
  }
}
