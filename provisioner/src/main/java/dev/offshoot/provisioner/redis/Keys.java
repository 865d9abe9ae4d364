package dev.offshoot.provisioner.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import redis.clients.jedis.Jedis;

/**
 * How many keys a server holds.
 *
 * @param all with those that will expire
 * @param lasting without them
 */
record Keys(long all, long lasting) {
  private static final Pattern DATABASE = Pattern.compile("db\\d+:keys=(\\d+),expires=(\\d+)");

  /** Over all its databases. */
  static Keys of(Jedis jedis) {
    Matcher database = DATABASE.matcher(jedis.info("keyspace"));
    long keys = 0;
    long expiring = 0;
    while (database.find()) {
      keys += Long.parseLong(database.group(1));
      expiring += Long.parseLong(database.group(2));
    }
    return new Keys(keys, keys - expiring);
  }

  /** Whether these are what was kept of others, some of which may have expired since. */
  boolean areKeptOf(Keys others) {
    return lasting == others.lasting && all <= others.all;
  }
}
