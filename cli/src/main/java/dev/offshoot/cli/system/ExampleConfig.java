package dev.offshoot.cli.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import dev.offshoot.process.OwnerOnly;

/** The configuration that a newcomer starts from: all of it is commented out. */
public final class ExampleConfig {
  private ExampleConfig() {}

  public static String text() {
    try (InputStream example = Objects.requireNonNull(
        ExampleConfig.class.getResourceAsStream("/dev/offshoot/cli/example.yaml"),
            "the example is part of the program")) {
      return new String(example.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The example configuration cannot be read", e);
    }
  }

  /** Writes it where there is no file; says whether it did. */
  public static boolean writeIfMissing(Path file) {
    try {
      if (Files.exists(file)) {
        return false;
      }
      OwnerOnly.write(file, text());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be written", e);
    }
  }
}
