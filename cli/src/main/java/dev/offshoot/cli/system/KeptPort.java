package dev.offshoot.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.offshoot.process.FreePorts;
import dev.offshoot.process.OwnerOnly;

/** A port that the first start chose. */
final class KeptPort {
  private KeptPort() {}

  static int in(Path file) {
    try {
      if (!Files.exists(file)) {
        OwnerOnly.write(file, FreePorts.choose() + "\n");
      }
      return Integer.parseInt(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be used", e);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("The file " + file + " must hold a port; correct it or delete it for a new one", e);
    }
  }
}
