package dev.offshoot.proof.drive;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;

/** What an application would keep in its environment's PostgreSQL and Redis. It logs in as the environment does. */
record Rows(OffshootConfig config, Stores stores, EnvironmentId environment) {
  private static final int KEYS = 3;
  private static final String VALUE = "kept";

  /** Whether they could be written; not while a server is away. */
  boolean arePut() {
    try (Connection connection = postgres(); Statement statement = connection.createStatement(); Jedis jedis = redis()) {
      statement.execute("INSERT INTO customer (name) VALUES ('a guest')");
      for (int i = 0; i < KEYS; i++) {
        jedis.set(key(i), VALUE);
      }
      return true;
    } catch (SQLException | JedisException notYet) {
      return false;
    }
  }

  boolean areThere() {
    try (Connection connection = postgres(); Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 FROM customer WHERE name = 'a guest'"); Jedis jedis = redis()) {
      boolean all = row.next();
      for (int i = 0; i < KEYS; i++) {
        all &= VALUE.equals(jedis.get(key(i)));
      }
      return all;
    } catch (SQLException | JedisException notYet) {
      return false;
    }
  }

  private Connection postgres() throws SQLException {
    StoreCoordinates postgres = stores.of(StoreKind.POSTGRES).orElseThrow();
    return DriverManager.getConnection("jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + postgres.name(),
        postgres.user(), password(StoreKind.POSTGRES));
  }

  private Jedis redis() {
    StoreCoordinates redis = stores.of(StoreKind.REDIS).orElseThrow();
    Jedis jedis = new Jedis(redis.host(), redis.port());
    try {
      if (redis.user().isEmpty()) {
        jedis.auth(password(StoreKind.REDIS));
      } else {
        jedis.auth(redis.user(), password(StoreKind.REDIS));
      }
      return jedis;
    } catch (JedisException e) {
      jedis.close();
      throw e;
    }
  }

  private String key(int number) {
    String prefix = stores.of(StoreKind.REDIS).orElseThrow().name();
    return (prefix.isEmpty() ? "" : prefix + ":") + "basket-" + number;
  }

  private String password(StoreKind kind) {
    ResourceName name = ResourceName.of(Ground.REPOSITORY, environment, stores.incarnation());
    return new Credentials(config.credentials()).password(name, kind).reveal();
  }
}
