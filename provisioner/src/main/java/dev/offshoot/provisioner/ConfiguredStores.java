package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Metrics;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.provisioner.pool.WarmPool;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.pool.PostgresPool;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.ServerLock;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.redis.RedisProcesses;
import dev.offshoot.provisioner.redis.RedisShared;
import dev.offshoot.provisioner.solr.SolrEpochs;
import dev.offshoot.provisioner.solr.SolrPool;
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
    AdminSessions sessions = AdminSessions.keeping(config.stores().postgres());
    PostgresEpochs postgresEpochs = new PostgresEpochs(sessions, credentials, clock);
    SolrEpochs solrEpochs = new SolrEpochs(config.stores().solr(), credentials, clock);
    Pools pools = Pools.of(config, postgresEpochs, solrEpochs, clock);
    PostgresStore postgres = new PostgresStore(
        sessions, credentials, new FolderBlobs(config.blobs()), clock, pools.postgres().counts());
    SolrStore solr = new SolrStore(config.stores().solr(), clock, pools.solr().counts());
    EnvironmentStores stores = new EnvironmentStores(
        Stream.of(postgres, solr, redis.store())
            .<Store>map(store -> new MeasuredStore(store, Metrics.globalRegistry)).toList(),
        List.of(postgresEpochs, solrEpochs), pools::wake);
    return new ConfiguredStores(stores, postgres, new Running(redis, pools), List.of(pools, redis.close(), solr, solrEpochs, sessions));
  }

  /** What does something by itself, once it is told to begin. */
  private record Running(Redis redis, Pools pools) {}

  /** What stands ready. */
  private record Pools(WarmPool postgres, WarmPool solr) implements AutoCloseable {
    static Pools of(OffshootConfig config, PostgresEpochs postgresEpochs, SolrEpochs solrEpochs, Clock clock) {
      PostgresConfig server = config.stores().postgres();
      SolrPool cores = new SolrPool(config.stores().solr(), new ServerLock(server, "offshoot solr pool"),
          repository -> postgresEpochs.list(repository).stream().reduce((_, later) -> later), clock);
      return new Pools(
          new WarmPool(new PostgresPool(server, clock), postgresEpochs, config.repositories().values(), clock),
          new WarmPool(cores, solrEpochs, config.repositories().values(), clock));
    }

    void start() {
      postgres.start();
      solr.start();
    }

    void wake() {
      postgres.wake();
      solr.wake();
    }

    @Override
    public void close() {
      postgres.close();
      solr.close();
    }
  }

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
    running.pools().start();
  }

  /** The environments' Redis servers go on; the next start finds them again. */
  @Override
  public void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}
