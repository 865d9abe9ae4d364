package dev.offshoot.proof.fault;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.flywaydb.core.Flyway;

import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.process.FreePorts;
import dev.offshoot.proof.check.Checker;
import dev.offshoot.proof.check.World;
import dev.offshoot.wire.Topics;

/** A whole installation as separate processes, with a shop whose git host is played. */
final class Rig implements AutoCloseable {
  private static final String SECRET = "a-webhook-secret-of-the-proof";
  private static final String MASTER_KEY = "proof-master-key-proof-master-key-0123456789";
  private static final String STAGING = "shop_staging";

  private final Path folder;
  private final Servers servers;
  private final ShopRepository shop;
  private final GitHost host;
  private final Map<WorkerName, JavaProcess> workers = new EnumMap<>(WorkerName.class);
  private final List<JavaProcess> others = new ArrayList<>();
  private final OffshootConfig config;

  private Rig(Path folder, Servers servers, Network network) throws IOException {
    this.folder = folder;
    this.servers = servers;
    this.shop = new ShopRepository(folder.resolve("git"));
    int port = FreePorts.choose();
    Files.writeString(folder.resolve("offshoot.yaml"), yaml(port, network));
    this.config = ConfigFile.load(folder.resolve("offshoot.yaml"));
    this.host = new GitHost(URI.create("http://127.0.0.1:" + port + "/webhooks/" + ShopRepository.KEY), SECRET);
  }

  /** Where the workers find PostgreSQL and Solr: the servers themselves, or something between. */
  record Network(int postgresPort, int solrPort) {}

  /** Starts the servers only; nothing runs yet. */
  static Rig prepare(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("servers"));
    Servers servers = Servers.start(folder.resolve("servers"));
    return prepare(folder, servers, new Network(servers.postgres().port(), servers.solrPort()));
  }

  static Rig prepare(Path folder, Servers servers, Network network) throws Exception {
    Files.createDirectories(folder.resolve("logs"));
    Rig rig = new Rig(folder, servers, network);
    rig.shop.create();
    rig.makeStaging();
    Topics.ensure(rig.config.kafka());
    return rig;
  }

  private String yaml(int port, Network network) {
    return """
        kafka:
          bootstrapServers: %s
          partitions: 6
        stores:
          postgres: {host: 127.0.0.1, port: %d, user: %s, password: "%s"}
          solr: {url: "http://127.0.0.1:%d/solr", backups: %s}
          redis: {server: %s, directory: %s}
        credentials: {masterKey: %s}
        webhooks: {port: %d}
        blobs: {directory: %s}
        repositories:
          shop:
            host: github
            fullName: proof/shop
            url: %s
            secrets: [%s]
            create: on-push
            staging: {database: %s, core: %s}
        """.formatted(servers.kafkaAddress(), network.postgresPort(), servers.postgres().adminUser(), servers.postgres().adminPassword(),
        network.solrPort(), folder.resolve("servers/solr/backups"), servers.redis(), folder.resolve("redis"), MASTER_KEY, port,
        folder.resolve("blobs"), shop.bare(), SECRET, STAGING, STAGING);
  }

  private void makeStaging() throws SQLException {
    config.repositories().values().forEach(new StagingStores(config.stores())::ensure);
    var postgres = servers.postgres();
    Flyway.configure().dataSource(postgres.jdbcUrl(STAGING), postgres.adminUser(), postgres.adminPassword())
        .locations("filesystem:" + shop.migrations()).load().migrate();
    try (Connection staging = DriverManager.getConnection(postgres.jdbcUrl(STAGING), postgres.adminUser(), postgres.adminPassword());
        Statement fill = staging.createStatement()) {
      fill.execute("INSERT INTO customer SELECT n, 'c' || n || '@shop.example' FROM generate_series(1, 1000) n");
    }
  }

  /** What a worker is run by; the slot tells two of the same kind apart. */
  JavaProcess.Command command(WorkerName worker, String slot) {
    return new JavaProcess.Command(folder.resolve("logs"), worker.label() + "-" + slot,
        List.of("dev.offshoot.cli.OffshootMain", "run", worker.label(), "--config", folder.resolve("offshoot.yaml").toString()),
        List.of(), Map.of("OFFSHOOT_SLOT", slot));
  }

  /** Starts those that do not run yet. */
  void startWorkers() {
    for (WorkerName worker : WorkerName.values()) {
      workers.computeIfAbsent(worker, name -> JavaProcess.of(command(name, "1")));
    }
    workers.values().forEach(JavaProcess::awaitStarted);
  }

  /** Starts a worker by a command of its own instead of the usual one. */
  JavaProcess start(WorkerName worker, JavaProcess.Command command) {
    JavaProcess before = workers.put(worker, JavaProcess.of(command));
    if (before != null) {
      before.close();
    }
    return worker(worker).awaitStarted();
  }

  /** A further member, which is ended with the rig. */
  JavaProcess another(WorkerName worker, String slot) {
    JavaProcess other = JavaProcess.of(command(worker, slot));
    others.add(other);
    return other;
  }

  JavaProcess worker(WorkerName worker) {
    JavaProcess found = workers.get(worker);
    if (found == null) {
      throw new IllegalStateException(worker.label() + " does not run");
    }
    return found;
  }

  Path folder() {
    return folder;
  }

  Servers servers() {
    return servers;
  }

  ShopRepository shop() {
    return shop;
  }

  GitHost host() {
    return host;
  }

  OffshootConfig config() {
    return config;
  }

  World world() {
    String postgres = "jdbc:postgresql://127.0.0.1:" + servers.postgres().port() + "/";
    return new World(servers.kafkaAddress(),
        new World.Stores(postgres, servers.postgres().adminUser(), servers.postgres().adminPassword(),
            "http://127.0.0.1:" + servers.solrPort() + "/solr"),
        new World.Folders(folder.resolve("servers/solr/backups"), folder.resolve("redis"), folder.resolve("blobs"), folder),
        new World.Secrets(MASTER_KEY, List.of(SECRET, servers.postgres().adminPassword())),
        Map.of(ShopRepository.KEY, new World.Repository(shop.bare(), "main", ShopRepository.MIGRATIONS)));
  }

  Checker checker() {
    return new Checker(world());
  }

  @Override
  public void close() {
    List<JavaProcess> all = new ArrayList<>(workers.values());
    all.addAll(others);
    CompletableFuture.allOf(all.stream().map(each -> CompletableFuture.runAsync(each::close)).toArray(CompletableFuture<?>[]::new)).join();
    servers.close();
  }
}
