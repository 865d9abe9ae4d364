package dev.offshoot.provisioner.redis;

import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.containers.GenericContainer;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.provisioner.Containers;

/** The contract on the official image, shared by all environments. */
@Tag("containers")
class RedisContainerTest implements RedisSharedContract {
  private static Optional<GenericContainer<?>> container = Optional.empty();

  @BeforeAll
  static void start() {
    container = Optional.of(Containers.of("redis").withExposedPorts(6379).withCommand("redis-server", "--requirepass", "containers-own"));
    container.get().start();
  }

  @AfterAll
  static void stop() {
    container.ifPresent(GenericContainer::close);
  }

  @Override
  public RedisConfig.Shared server() {
    GenericContainer<?> running = container.orElseThrow();
    return new RedisConfig.Shared(running.getHost(), running.getMappedPort(6379), new Secret("containers-own"));
  }
}
