package dev.offshoot.proof.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;

import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.process.FreePorts;
import dev.offshoot.proof.check.Checker;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.check.Invariant;
import dev.offshoot.proof.check.Violation;
import dev.offshoot.proof.check.World;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topics;

/** A whole installation as separate processes, with a shop whose git host is played. */
final class Rig implements AutoCloseable {
  static final int PARTITIONS = 6;
  private static final String PATIENT = "offshoot.yaml";
  private static final String IMPATIENT = "offshoot-impatient.yaml";
  private static final String ATTENTIVE = "attentive.yaml";
  private static final String ROTATING = "rotating.yaml";
  private static final String ROTATED = "rotated.yaml";
  private static final String NEXT_SECRET = "the-secret-that-comes-next";
  private static final String SECRET = "a-webhook-secret-of-the-proof";
  private static final String MASTER_KEY = "proof-master-key-proof-master-key-0123456789";
  private static final String STAGING = "shop_staging";
  private static final String POLICY = "masking.yaml";
  private static final String SEED = "seed";
  /** What each value that must be masked begins with. */
  private static final String CANARY = "canary-of-staging";

  private final Path folder;
  private final Servers servers;
  private final ShopRepository shop;
  private final GitHost host;
  private final Map<WorkerName, JavaProcess> workers = new EnumMap<>(WorkerName.class);
  private final List<JavaProcess> others = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private Duration patience = Scenario.PATIENCE;
  private final Network network;
  private final OffshootConfig config;
  private final Checker checker;
  private final Optional<Disks> disks;

  private Rig(Path folder, Servers servers, Optional<Disks> disks) throws IOException {
    this.folder = folder;
    this.servers = servers;
    this.disks = disks;
    this.shop = new ShopRepository(folder.resolve("git"));
    this.network = new Network(new Proxy(servers.postgres().port()), new Proxy(servers.solrPort()));
    int port = FreePorts.choose();
    Files.writeString(folder.resolve(PATIENT), yaml(port, "50m"));
    Files.writeString(folder.resolve(IMPATIENT), yaml(port, "1s"));
    Files.writeString(folder.resolve(ATTENTIVE), yaml(port, "50m") + "reconcile: {every: 5s}\n");
    Files.writeString(folder.resolve(ROTATING), yaml(port, "50m").replace("[" + SECRET + "]", "[" + NEXT_SECRET + ", " + SECRET + "]"));
    Files.writeString(folder.resolve(ROTATED), yaml(port, "50m").replace("[" + SECRET + "]", "[" + NEXT_SECRET + "]"));
    this.config = ConfigFile.load(folder.resolve(PATIENT));
    this.host = new GitHost(url(config), SECRET);
    this.checker = new Checker(world());
  }

  /** What is between the workers and PostgreSQL and Solr. */
  record Network(Proxy postgres, Proxy solr) {
    void weather(Proxy.Weather weather) {
      postgres.weather(weather);
      solr.weather(weather);
    }

    void cut() {
      postgres.cut();
      solr.cut();
    }
  }

  /** File systems of their own, in memory. */
  record Disks(SmallDisk postgres, SmallDisk redis, SmallDisk blobs) {
    static Disks mount(Path folder) throws IOException {
      return new Disks(SmallDisk.mount(folder.resolve("servers/postgres")), SmallDisk.mount(folder.resolve("redis")),
          SmallDisk.mount(folder.resolve("blobs")));
    }

    void close() {
      postgres.close();
      redis.close();
      blobs.close();
    }
  }

  /** On the disks that there are. */
  static Rig prepare(Path folder) throws Exception {
    return prepare(folder, false);
  }

  /**
   * Starts the servers, and makes the repository and its Staging; no worker runs yet.
   *
   * @param small whether what can run out of room is on file systems of their own
   */
  static Rig prepare(Path folder, boolean small) throws Exception {
    Files.createDirectories(folder.resolve("servers"));
    Files.createDirectories(folder.resolve("logs"));
    Optional<Disks> disks = small ? Optional.of(Disks.mount(folder)) : Optional.empty();
    Files.writeString(folder.resolve(POLICY), """
        postgres:
          customer.id: clear
          customer.email: hash
          product.*: clear
          flyway_schema_history.*: clear
        """);
    Files.writeString(Files.createDirectories(folder.resolve(SEED)).resolve("1-testers.sql"),
        "INSERT INTO customer VALUES (0, '%s of a tester');%n".formatted(CANARY));
    Rig rig = new Rig(folder, Servers.start(folder.resolve("servers")), disks);
    rig.shop.create();
    rig.makeStaging();
    Topics.ensure(rig.config.kafka());
    return rig;
  }

  private String yaml(int port, String idleAfter) {
    return """
        kafka:
          bootstrapServers: %s
          partitions: %d
        stores:
          postgres: {host: 127.0.0.1, port: %d, user: %s, password: "%s", pool: {min: 1, max: 2}}
          solr: {url: "http://127.0.0.1:%d/solr", backups: %s, pool: {min: 1, max: 2}}
          redis: {server: %s, directory: %s, keeper: %s}
        credentials: {masterKey: %s}
        webhooks: {port: %d}
        sweep: {idleAfter: %s, every: 1s}
        blobs: {directory: %s}
        repositories:
          shop:
            host: github
            fullName: proof/shop
            url: %s
            secrets: [%s]
            create: on-push
            staging: {database: %s, core: %s, seed: %s, masking: %s}
        """.formatted(servers.kafkaAddress(), PARTITIONS, network.postgres().port(), servers.postgres().adminUser(),
        servers.postgres().adminPassword(), network.solr().port(), folder.resolve("servers/solr/backups"), Servers.redis(),
        folder.resolve("redis"), servers.redisKeeper(), MASTER_KEY, port, idleAfter,
        folder.resolve("blobs"), shop.bare(), SECRET, STAGING, STAGING,
        folder.resolve(SEED), folder.resolve(POLICY));
  }

  private void makeStaging() throws SQLException {
    config.repositories().values().forEach(new StagingStores(config.stores())::ensure);
    var postgres = servers.postgres();
    Flyway.configure().dataSource(postgres.jdbcUrl(STAGING), postgres.adminUser(), postgres.adminPassword())
        .locations("filesystem:" + shop.migrations()).load().migrate();
    try (Connection staging = DriverManager.getConnection(postgres.jdbcUrl(STAGING), postgres.adminUser(), postgres.adminPassword());
        Statement fill = staging.createStatement()) {
      fill.execute("INSERT INTO customer SELECT n, '" + CANARY + "-' || n || '@shop.example' FROM generate_series(1, 1000) n");
    }
  }

  /** What a worker is run by; the slot tells two of the same kind apart. */
  JavaProcess.Command command(WorkerName worker, String slot) {
    return command(worker, slot, PATIENT);
  }

  /** The same with a second after which an environment is idle, instead of 50 minutes. */
  JavaProcess.Command impatient(WorkerName worker, String slot) {
    return command(worker, slot, IMPATIENT);
  }

  /** The same with refs that are compared with the environments every five seconds, instead of five minutes. */
  JavaProcess.Command attentive(WorkerName worker, String slot) {
    return command(worker, slot, ATTENTIVE);
  }

  /** The ingest while the webhook's secret is being replaced: both are active. */
  JavaProcess.Command rotating() {
    return command(WorkerName.WEBHOOK_INGEST, "1", ROTATING);
  }

  /** The ingest once only the next secret is active. */
  JavaProcess.Command rotated() {
    return command(WorkerName.WEBHOOK_INGEST, "1", ROTATED);
  }

  /** The git host once it has the next secret; the caller closes it. */
  GitHost nextHost() {
    return new GitHost(url(config), NEXT_SECRET);
  }

  private static URI url(OffshootConfig config) {
    return URI.create("http://127.0.0.1:" + config.workers().webhooks().port() + "/webhooks/" + ShopRepository.KEY);
  }

  private JavaProcess.Command command(WorkerName worker, String slot, String configuration) {
    String name = worker.label() + "-" + slot;
    return new JavaProcess.Command(folder.resolve("logs"), name,
        List.of("dev.offshoot.cli.OffshootMain", "run", worker.label(), "--config", folder.resolve(configuration).toString(),
            "--logs", folder.resolve("logs").resolve(name).toString()),
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
    return another(command(worker, slot));
  }

  JavaProcess another(JavaProcess.Command command) {
    JavaProcess other = JavaProcess.of(command);
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

  Network network() {
    return network;
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
        new World.Secrets(MASTER_KEY, List.of(SECRET, NEXT_SECRET, servers.postgres().adminPassword()), Optional.of(CANARY)),
        Map.of(ShopRepository.KEY, new World.Repository(shop.bare(), "main", ShopRepository.MIGRATIONS)));
  }

  /** Waits until what is expected holds; what does not, and was not told before, is told by the next {@link #problems}. */
  void expect(Expectation expectation) throws InterruptedException {
    Expectation told = expectation.withAcknowledged(host.acknowledged());
    tell(checker.settled(told, patience));
  }

  /** Waits until this is found to be broken, or the patience is over; what is broken is told by the next {@link #problems}. */
  void expectBroken(Invariant broken) throws InterruptedException {
    tell(checker.settled(Expectation.NOTHING.withAcknowledged(host.acknowledged()), patience,
        found -> found.stream().anyMatch(violation -> violation.invariant() == broken)));
  }

  private void tell(List<Violation> found) {
    found.stream().map(Violation::toString).filter(known::add).forEach(problems::add);
  }

  /** How long {@link #expect} waits. */
  void patience(Duration next) {
    patience = next;
  }

  /** What was found since the last time this was asked. */
  List<String> problems() {
    List<String> all = List.copyOf(problems);
    problems.clear();
    return all;
  }

  Disks disks() {
    return disks.orElseThrow(() -> new IllegalStateException("No file systems were mounted for it"));
  }

  /** What is known of a branch's environment now. */
  EnvironmentState state(String ref) throws InterruptedException {
    return state(EnvironmentId.of(new RepositoryKey(ShopRepository.KEY), new GitRef(ref)));
  }

  EnvironmentState state(EnvironmentId environment) throws InterruptedException {
    try (StateTable table = StateTable.open(config.kafka())) {
      table.catchUp();
      return table.of(environment);
    }
  }

  /** The name of a branch's database, and so of its core and of its Redis. */
  String database(String ref) throws InterruptedException {
    return state(ref).currentStores().flatMap(stores -> stores.of(StoreKind.POSTGRES)).orElseThrow().name();
  }

  void await(String what, Callable<Boolean> condition) {
    Eventually.await(what, Scenario.PATIENCE, condition);
  }

  void request(Request request) {
    try (EventPublisher publisher = EventPublisher.open(config.kafka())) {
      publisher.publish(
          Message.first(EventId.random(), new EventSource("/offshoot/proof"), Clock.systemUTC().instant(), request)).join();
    }
  }

  /** Where Solr has an environment's core, whatever it is called now; one that is closed to be removed begins with {@code r_}. */
  Path coreFolder(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("servers/solr"))) {
      for (Path file : all.filter(path -> path.endsWith("core.properties")).toList()) {
        Properties core = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
          core.load(in);
        }
        if (Set.of(name, "r_" + name).contains(core.getProperty("name", ""))) {
          return Optional.ofNullable(file.getParent()).orElseThrow();
        }
      }
    }
    throw new NoSuchElementException("No core is named " + name);
  }

  /** Waits until a branch's environment is usable at a push's commit, whatever else is. */
  void awaitUsable(ShopRepository.Push push) {
    EnvironmentId environment = EnvironmentId.of(new RepositoryKey(ShopRepository.KEY), new GitRef(push.ref()));
    try (StateTable table = StateTable.open(config.kafka())) {
      Eventually.await(environment + " is usable at " + push.after(), Scenario.PATIENCE, () -> {
        table.catchUp();
        return table.of(environment).currentSchema()
            .filter(schema -> schema.commit().id().equals(push.after()) && schema.failure().isEmpty()).isPresent();
      });
    }
  }

  @Override
  public void close() {
    List<JavaProcess> all = new ArrayList<>(workers.values());
    all.addAll(others);
    CompletableFuture.allOf(all.stream().map(each -> CompletableFuture.runAsync(each::close)).toArray(CompletableFuture<?>[]::new)).join();
    host.close();
    servers.close();
    disks.ifPresent(Disks::close);
  }
}
