package dev.offshoot.provisioner.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Finds keys by how they start. A key is any bytes: read as text, some would become another key. */
final class KeyScan {
  private KeyScan() {
  }

  /** @param prefix without a character that means something in a pattern */
  static Set<byte[]> startingWith(Jedis jedis, String prefix) {
    Set<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
    ScanParams parameters = new ScanParams().match(prefix + "*").count(1000);
    byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
    do {
      ScanResult<byte[]> page = jedis.scan(cursor, parameters);
      keys.addAll(page.getResult());
      cursor = page.getCursorAsBytes();
    } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
    return keys;
  }

  /** What follows the prefix in our own keys. */
  static List<String> namesAfter(Jedis jedis, String prefix) {
    return startingWith(jedis, prefix).stream()
        .map(key -> new String(key, StandardCharsets.UTF_8).substring(prefix.length())).toList();
  }

  static byte[] prefixed(String prefix, byte[] key) {
    byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(start, start.length + key.length);
    System.arraycopy(key, 0, whole, start.length, key.length);
    return whole;
  }
}
