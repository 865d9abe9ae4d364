package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

import dev.offshoot.process.OwnerOnly;

/** Generated passwords: 160 random bits in a file only its owner can read. */
final class Secret {
  private Secret() {
  }

  /** The one in the file; made when there is none. */
  static String keptIn(Path file) throws IOException {
    if (!Files.exists(file)) {
      var bytes = new byte[20];
      new SecureRandom().nextBytes(bytes);
      OwnerOnly.write(file, HexFormat.of().formatHex(bytes) + "\n");
    }
    return Files.readString(file).strip();
  }
}
