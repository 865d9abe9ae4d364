package dev.offshoot.provisioner.redis;

import java.util.Optional;
import java.util.function.Function;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import dev.offshoot.config.Secret;
import dev.offshoot.worker.Failure;

/** Short-lived connections, whose errors are sorted into what can be done about them. */
final class RedisClients {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 300_000;

  private RedisClients() {
  }

  /** @param user empty for the default user */
  static <T> T ask(HostAndPort server, Optional<String> user, Secret password, Function<Jedis, T> question) {
    return ask(server, login(user, password, ANSWER_MILLIS), question);
  }

  /** The same for what is answered at once or not at all, as by a server that hangs. */
  static <T> T probe(HostAndPort server, Optional<String> user, Secret password, Function<Jedis, T> question) {
    return ask(server, login(user, password, CONNECT_MILLIS), question);
  }

  private static JedisClientConfig login(Optional<String> user, Secret password, int answerMillis) {
    var settings = DefaultJedisClientConfig.builder()
        .password(password.reveal())
        .connectionTimeoutMillis(CONNECT_MILLIS)
        .socketTimeoutMillis(answerMillis);
    user.ifPresent(settings::user);
    return settings.build();
  }

  private static <T> T ask(HostAndPort server, JedisClientConfig login, Function<Jedis, T> question) {
    try (Jedis jedis = new Jedis(server, login)) {
      return question.apply(jedis);
    } catch (JedisException e) {
      throw new Failure(kind(e), "Redis at " + server + " could not do it: " + e.getMessage(), e);
    }
  }

  private static Failure.Kind kind(JedisException e) {
    String message = Optional.ofNullable(e.getMessage()).orElse("");
    return switch (e) {
      case JedisConnectionException _ -> Failure.Kind.UNAVAILABLE;
      case JedisAccessControlException _ -> Failure.Kind.DENIED;
      case JedisDataException _ when message.startsWith("LOADING") || message.startsWith("BUSY") -> Failure.Kind.BUSY;
      case JedisDataException _ when message.contains("max number of clients") -> Failure.Kind.BUSY;
      case JedisDataException _ when message.startsWith("OOM") || message.startsWith("MISCONF") ->
          Failure.Kind.EXHAUSTED;
      case JedisDataException _ -> Failure.Kind.INVALID;
      default -> Failure.Kind.UNAVAILABLE;
    };
  }
}
