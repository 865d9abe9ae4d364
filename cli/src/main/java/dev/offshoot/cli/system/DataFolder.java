package dev.offshoot.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

import dev.offshoot.process.OwnerOnly;

/**
 * The folder of an installation: everything that {@code up} and {@code demo} keep is below it, and only its owner can
 * read it.
 *
 * @param root absolute
 */
public record DataFolder(Path root) {
  public static final Path DEFAULT = Path.of(".offshoot");
  private static final int KEY_BYTES = 32;

  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** Makes the folders that are missing. */
  public DataFolder prepare() {
    try {
      OwnerOnly.createDirectory(root);
      for (Path folder : new Path[] {servers(), logs(), blobs(), redis(), run(), root.resolve("keys")}) {
        OwnerOnly.createDirectory(folder);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder " + root + " cannot be made; choose another with --data", e);
    }
  }

  /** The user's own configuration, where no other is named. */
  public Path userConfig() {
    return root.resolve("offshoot.yaml");
  }

  public Path servers() {
    return root.resolve("servers");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path blobs() {
    return root.resolve("blobs");
  }

  public Path redis() {
    return root.resolve("redis");
  }

  public Path run() {
    return root.resolve("run");
  }

  /** The configuration in effect, with secrets, for commands and for workers in processes of their own. */
  public Path effectiveConfig() {
    return run().resolve("config.yaml");
  }

  /** Where everything is reached. */
  public Path addresses() {
    return run().resolve("addresses.json");
  }

  /** The port of the webhooks, chosen by the first start so that the hooks at the git host stay true. */
  public Path webhookPort() {
    return root.resolve("webhooks.port");
  }

  /** The port of metrics and health, chosen by the first start. */
  public Path managementPort() {
    return root.resolve("management.port");
  }

  /** The same of a worker in a process of its own. */
  Path managementPort(WorkerName worker) {
    return root.resolve("management." + worker.label() + ".port");
  }

  /** The key that the environments' passwords are derived from; made once. */
  public String masterKey() {
    Path file = root.resolve("keys").resolve("master");
    try {
      if (!Files.exists(file)) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        OwnerOnly.write(file, HexFormat.of().formatHex(key) + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("The master key " + file + " cannot be read", e);
    }
  }
}
