package dev.offshoot.embedded;

import java.nio.file.Path;

/**
 * Where the servers keep what they keep, and how they differ from their defaults.
 *
 * @param root everything is below it; made when missing
 * @param binaries where unpacked programs are; may be shared by several roots
 */
public record ServersLayout(Path root, Path binaries, KafkaSettings kafka, PostgresSettings postgres) {
  public ServersLayout {
    root = root.toAbsolutePath().normalize();
    binaries = binaries.toAbsolutePath().normalize();
  }

  /** All in one folder, all writes durable. */
  public static ServersLayout in(Path root) {
    return new ServersLayout(
        root, root.resolve("binaries"), KafkaSettings.defaults(), PostgresSettings.defaults());
  }

  public ServersLayout withBinaries(Path folder) {
    return new ServersLayout(root, folder, kafka, postgres);
  }

  Path of(Server server) {
    return root.resolve(server.label());
  }

  /** The ports, chosen by the first start. */
  Path portsFile() {
    return root.resolve("servers.json");
  }

  Path redisPasswordFile() {
    return root.resolve("redis.password");
  }
}
