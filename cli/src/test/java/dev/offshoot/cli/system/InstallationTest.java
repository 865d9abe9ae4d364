package dev.offshoot.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.ConfigException;

class InstallationTest {
  @Test
  void whatIsWrongWithTheConfigurationIsSaidBeforeAnyServerIsMade(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "kafka: {bootstrapServers: localhost}\nrepositorys: {}\n");
    DataFolder data = new DataFolder(folder.resolve("data"));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Installation.start(data, file, OptionalInt.empty(), (_, _) -> { }).close())
        .withMessageContainingAll("mine.yaml", "kafka.bootstrapServers: must be host:port", "did you mean repositories");
    assertThat(data.servers()).isEmptyDirectory();
  }
}
