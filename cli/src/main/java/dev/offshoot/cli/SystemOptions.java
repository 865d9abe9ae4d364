package dev.offshoot.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import picocli.CommandLine.Option;

import dev.offshoot.cli.system.Addresses;
import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.wire.KafkaClients;

/** Which system a command speaks to: the one that runs in a data folder, or the one a configuration names. */
final class SystemOptions {
  private static final Duration KAFKA_ANSWERS = Duration.ofSeconds(10);

  @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:OFFSHOOT_DATA:-.offshoot}",
      description = "The folder of a system started by 'up' or 'demo' (default: $OFFSHOOT_DATA, else .offshoot here).")
  private Path data = DataFolder.DEFAULT;

  @Option(names = "--config", paramLabel = "FILE",
      description = "Speak to the system that this configuration names instead.")
  private Optional<Path> config = Optional.empty();

  DataFolder data() {
    return new DataFolder(data);
  }

  Optional<Path> configFile() {
    return config;
  }

  OffshootConfig config() {
    OffshootConfig read = ConfigFile.load(config.orElseGet(this::ofRunning));
    return new OffshootConfig(KafkaClients.impatient(read.kafka(), KAFKA_ANSWERS), read.stores(), read.credentials(), read.workers(), read.blobs(),
        read.repositories(), read.services());
  }

  private Path ofRunning() {
    DataFolder folder = data();
    if (!Files.exists(folder.effectiveConfig()) || Addresses.ofRunning(folder).isEmpty()) {
      throw new CommandFailed(
          "No Offshoot runs in " + folder.root() + "; start one with 'offshoot up --data " + folder.root()
          + "', or say where it is with --data DIR or --config FILE");
    }
    return folder.effectiveConfig();
  }
}
