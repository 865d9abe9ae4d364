package dev.offshoot.cli.system;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.offshoot.config.ConfigException;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.embedded.Servers;
import dev.offshoot.process.Keeper;

/** What {@code up} fills in of a configuration: the coordinates of its own servers, and what it keeps in its data folder. */
public final class OwnServers {
  private static final String HERE = "127.0.0.1";
  private static final String SECRET = "0".repeat(64);

  private OwnServers() {}

  /**
   * Reads a configuration as {@code up} will, without starting or making anything. What is filled in has stand-ins.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static ConfigFile.Checked check(Path config, DataFolder data) {
    return ConfigFile.check(config, standIns(data));
  }

  /** The full keys that need not be in the file of {@code up}. */
  public static Set<String> keys() {
    return Set.copyOf(standIns(new DataFolder(DataFolder.DEFAULT)).keySet());
  }

  private static Map<String, String> standIns(DataFolder data) {
    Map<String, String> otherwise = inFolder(data);
    otherwise.put("kafka.bootstrapServers", HERE + ":9092");
    otherwise.put("stores.postgres.port", "5432");
    otherwise.put("stores.postgres.user", "postgres");
    otherwise.put("stores.postgres.password", SECRET);
    otherwise.put("stores.solr.url", "http://" + HERE + ":8983/solr");
    otherwise.put("stores.solr.backups", data.servers().toString());
    otherwise.put("stores.solr.configSets", data.servers().toString());
    otherwise.put("stores.redis.server", data.servers().toString());
    otherwise.put("stores.redis.port", "6379");
    otherwise.put("stores.redis.password", SECRET);
    otherwise.put("credentials.masterKey", SECRET);
    otherwise.put("webhooks.port", "0");
    otherwise.put("management.port", "0");
    return otherwise;
  }

  static Map<String, String> coordinates(Servers servers, DataFolder data) {
    Map<String, String> otherwise = inFolder(data);
    otherwise.put("kafka.bootstrapServers", servers.kafka().bootstrapServers());
    otherwise.put("stores.postgres.port", Integer.toString(servers.postgres().port()));
    otherwise.put("stores.postgres.user", servers.postgres().adminUser());
    otherwise.put("stores.postgres.password", servers.postgres().adminPassword());
    otherwise.put("stores.solr.url", servers.solr().baseUrl());
    otherwise.put("stores.solr.backups", servers.solr().backups().toString());
    otherwise.put("stores.solr.configSets", servers.solr().configSets().toString());
    otherwise.put("stores.redis.server", servers.redisBinary().toString());
    otherwise.put("stores.redis.port", Integer.toString(servers.redisPort()));
    otherwise.put("stores.redis.password", servers.redisPassword());
    otherwise.put("credentials.masterKey", data.masterKey());
    otherwise.put("webhooks.port", Integer.toString(KeptPort.in(data.webhookPort())));
    otherwise.put("management.port", Integer.toString(KeptPort.in(data.managementPort())));
    return otherwise;
  }

  private static Map<String, String> inFolder(DataFolder data) {
    Map<String, String> otherwise = new LinkedHashMap<>();
    otherwise.put("stores.postgres.host", HERE);
    otherwise.put("stores.redis.directory", data.redis().toString());
    otherwise.put("stores.redis.keeper", Keeper.addressIn(data.run()).toString());
    otherwise.put("stores.redis.host", HERE);
    otherwise.put("blobs.directory", data.blobs().toString());
    return otherwise;
  }
}
