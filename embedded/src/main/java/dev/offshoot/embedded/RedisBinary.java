package dev.offshoot.embedded;

import java.nio.file.Path;

/** The redis-server program (7.0, statically linked) of an artifact. */
public final class RedisBinary {
  private static final String RESOURCE = "redis-server-7.0.15-linux-amd64";

  private RedisBinary() {
  }

  /** Unpacks it into the folder, once; the path of the program. */
  public static Path unpack(Path folder) {
    return Binaries.unpackProgram("/" + RESOURCE, folder.toAbsolutePath(), RESOURCE);
  }
}
