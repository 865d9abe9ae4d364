package dev.offshoot.config;

import java.nio.file.Path;
import java.util.Optional;

/** {@code stores.redis:} how an environment gets a Redis. */
public sealed interface RedisConfig {
  /**
   * {@code mode: process} A server process per environment.
   *
   * @param server the redis-server executable
   * @param directory where each keeps its data
   * @param maxMemoryMegabytes the limit of each
   * @param keeper where {@code up} listens for servers to start, which then end with it; without one they outlive
   *     whoever started them
   */
  record Processes(Path server, Path directory, int maxMemoryMegabytes, Optional<Path> keeper) implements RedisConfig {
    public static final int DEFAULT_MAX_MEMORY_MEGABYTES = 64;
  }

  /** {@code mode: shared} A key prefix and a user on a shared server; weaker: the memory and processor are shared. */
  record Shared(String host, int port, Secret password) implements RedisConfig {}
}
