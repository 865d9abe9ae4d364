package dev.offshoot.provisioner.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.provisioner.store.Finding;

/** Whether environments can get a Redis. Changes nothing. */
public final class RedisExamination {
  private static final String SUBJECT = "stores.redis";

  private RedisExamination() {
  }

  public static Finding examine(RedisConfig config) {
    return switch (config) {
      case RedisConfig.Processes each -> program(each.server());
      case RedisConfig.Shared shared -> Finding.of(SUBJECT, "start the server, or correct stores.redis", () -> Finding.ok(SUBJECT,
          RedisClients.ask(new HostAndPort(shared.host(), shared.port()), Optional.empty(), shared.password(), Jedis::ping)
              + " from " + shared.host() + ":" + shared.port()));
    };
  }

  private static Finding program(Path server) {
    return Files.isExecutable(server) ? Finding.ok(SUBJECT, server + " can be run, a server for each environment")
        : Finding.problem(SUBJECT, server + " is no program that can be run here",
            "install redis-server on the provisioner's machine, or correct stores.redis.server");
  }
}
