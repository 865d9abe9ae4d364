package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Metrics;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.provisioner.postgres.PostgresEpochs;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.WarmPool;
import dev.offshoot.provisioner.redis.RedisProcesses;
import dev.offshoot.provisioner.redis.RedisShared;
import dev.offshoot.provisioner.solr.SolrEpochs;
import dev.offshoot.provisioner.solr.SolrStore;
import dev.offshoot.provisioner.store.Inventory;
import dev.offshoot.provisioner.store.MeasuredStore;
import dev.offshoot.provisioner.store.Store;

/** The stores that the configuration names. A new store is registered here. */
final class ConfiguredStores implements AutoCloseable {
  private final EnvironmentStores stores;
  private final Inventory inventory;
  private final Running running;
  private final List<AutoCloseable> open;

  private ConfiguredStores(EnvironmentStores stores, Inventory inventory, Running running, List<AutoCloseable> open) {
    this.stores = stores;
    this.inventory = inventory;
    this.running = running;
    this.open = List.copyOf(open);
  }

  /** Starts nothing. */
  static ConfiguredStores of(OffshootConfig config, Clock clock) {
    Credentials credentials = new Credentials(config.credentials());
    Redis redis = Redis.of(config.stores().redis(), credentials, clock);
    PostgresEpochs postgresEpochs = new PostgresEpochs(config.stores().postgres(), credentials, clock);
    WarmPool pool = new WarmPool(config.stores().postgres(), postgresEpochs, config.repositories().values(), clock);
    PostgresStore postgres = new PostgresStore(
        config.stores().postgres(), credentials, new FolderBlobs(config.blobs()), clock, pool);
    SolrStore solr = new SolrStore(config.stores().solr(), clock);
    SolrEpochs solrEpochs = new SolrEpochs(config.stores().solr(), credentials, clock);
    EnvironmentStores stores = new EnvironmentStores(
        Stream.of(postgres, solr, redis.store())
            .<Store>map(store -> new MeasuredStore(store, Metrics.globalRegistry)).toList(),
        List.of(postgresEpochs, solrEpochs), pool::wake);
    return new ConfiguredStores(stores, postgres, new Running(redis, pool), List.of(pool, redis.close(), solr, solrEpochs));
  }

  /** What does something by itself, once it is told to begin. */
  private record Running(Redis redis, WarmPool pool) {}

  private record Redis(Store store, Runnable revive, AutoCloseable close) {
    static Redis of(RedisConfig config, Credentials credentials, Clock clock) {
      return switch (config) {
        case RedisConfig.Processes each -> {
          RedisProcesses store = new RedisProcesses(each, credentials, clock);
          yield new Redis(store, store::revive, store);
        }
        case RedisConfig.Shared shared -> {
          RedisShared store = new RedisShared(shared, credentials, clock);
          yield new Redis(store, store::revive, () -> { });
        }
      };
    }
  }

  EnvironmentStores stores() {
    return stores;
  }

  /** Every environment has a database, so the database server knows all. */
  Inventory inventory() {
    return inventory;
  }

  /** Brings back what should run, and from then on what dies. */
  void revive() {
    running.redis().revive().run();
  }

  /** Begins to make what is to stand ready. */
  void warmUp() {
    running.pool().start();
  }

  /** The environments' Redis servers go on; the next start finds them again. */
  @Override
  public void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}
