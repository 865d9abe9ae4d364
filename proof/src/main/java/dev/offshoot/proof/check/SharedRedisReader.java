package dev.offshoot.proof.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import redis.clients.jedis.Jedis;

import dev.offshoot.proof.check.Evidence.Redis;
import dev.offshoot.proof.check.World.SharedRedis;

/** Reads a server that all environments share, as if each had a folder: tags, users that may log in, and what is kept. */
final class SharedRedisReader {
  private static final String OWNER = "offshoot:owner:";
  private static final String RECEIPT = "offshoot:receipt:";
  private static final String KEPT = "offshoot:kept:";

  private final SharedRedis server;

  SharedRedisReader(SharedRedis server) {
    this.server = server;
  }

  Redis read() {
    try (Jedis jedis = new Jedis("127.0.0.1", server.port())) {
      jedis.auth(server.password());
      Map<String, JsonNode> tags = new LinkedHashMap<>();
      Map<String, String> kept = new LinkedHashMap<>();
      for (String key : jedis.keys("*")) {
        after(OWNER, key).ifPresent(name -> tags.put(name, TopicReader.tree(jedis.get(key).getBytes(StandardCharsets.UTF_8))));
        after(RECEIPT, key).ifPresent(name -> kept.put(KEPT + name, "keys=" + jedis.keys(KEPT + name + ":*").size()));
        leftover(key).ifPresent(name -> tags.putIfAbsent(name, TopicReader.tree(new byte[0])));
      }
      return new Redis(tags, kept, users(jedis));
    }
  }

  /** The environment of a key of data that was not moved away. */
  private static Optional<String> leftover(String key) {
    return key.startsWith("offshoot:") || !key.contains(":") ? Optional.empty() : Optional.of(key.substring(0, key.indexOf(':')));
  }

  private static Optional<String> after(String prefix, String key) {
    return key.startsWith(prefix) ? Optional.of(key.substring(prefix.length())) : Optional.empty();
  }

  private static List<String> users(Jedis jedis) {
    List<String> users = new ArrayList<>();
    for (String line : jedis.aclList()) {
      String[] words = line.split(" ", -1);
      if (words.length > 2 && words[2].equals("on") && Named.of(words[1]).isPresent()) {
        users.add(words[1]);
      }
    }
    return users;
  }
}
