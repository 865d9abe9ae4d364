package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.flywaydb.core.Flyway;

import dev.offshoot.cli.demo.Shop;
import dev.offshoot.cli.demo.ShopFiles;
import dev.offshoot.cli.system.Closing;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.config.ConfigText;
import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.Json;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topics;

/**
 * All five workers in this process on real servers, with a Kafka of their own, a repository of a name of its own, and
 * the commands that speak to them.
 */
final class RunningShop implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(3);

  private final Path folder;
  private final ShopSetting setting;
  private final RepositoryKey repository;
  private final Shop shop;
  private final Closing closing = new Closing();
  private final OffshootConfig config;
  private final StateTable table;
  private final EventPublisher publisher;

  /** What a command has printed and returned. */
  record Ran(int status, String out, String err) {
    JsonNode json() throws Exception {
      return Json.mapper().readTree(out);
    }

    List<JsonNode> lines() {
      return out.lines().map(line -> {
        try {
          return Json.mapper().readTree(line);
        } catch (IOException e) {
          throw new AssertionError(line, e);
        }
      }).toList();
    }
  }

  private RunningShop(Path folder, String name, Path kafkaFolder, ShopSetting setting) throws Exception {
    this.folder = folder;
    this.setting = setting;
    repository = new RepositoryKey(name);
    shop = new Shop(folder.resolve("shop"));
    EmbeddedKafka kafka = closing.add(
        EmbeddedKafka.start(kafkaFolder, FreePorts.choose(), KafkaSettings.defaults().withoutFlush()));
    config = configuration(KafkaConfig.at(kafka.bootstrapServers()));
    Files.writeString(folder.resolve("offshoot.yaml"), ConfigText.yaml(config, ConfigText.Secrets.REVEALED));
    Topics.ensure(config.kafka());
    if (!Files.exists(shop.bare())) {
      shop.create();
      setting.commit(shop);
      config.repositories().values().forEach(new StagingStores(config.stores())::ensure);
      for (RepositoryConfig each : config.repositories().values()) {
        loadStaging(each.staging().database());
      }
    }
    for (WorkerName worker : WorkerName.values()) {
      closing.add(worker.start(config));
    }
    table = closing.add(StateTable.open(config.kafka()));
    publisher = closing.add(EventPublisher.open(config.kafka()));
  }

  private void loadStaging(String database) throws Exception {
    EmbeddedPostgres postgres = SharedServers.postgres();
    Flyway.configure()
        .dataSource("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database, postgres.adminUser(),
            postgres.adminPassword())
        .locations("filesystem:" + shop.workTree().resolve(ShopFiles.MIGRATIONS)).load().migrate();
    admin(database, "INSERT INTO product (name, price_cents) SELECT 'Product ' || n, n FROM generate_series(1, 100) n");
  }

  /** The same stores and repository again when the folder and name are the same; what Kafka's folder holds is known. */
  static RunningShop start(Path folder, String name, Path kafkaFolder) throws Exception {
    return new RunningShop(folder, name, kafkaFolder, ShopSetting.USUAL);
  }

  /** With more in the repository's configuration; what that names is there already. */
  static RunningShop start(Path folder, String name, UnaryOperator<RepositoryConfig> configured) throws Exception {
    return otherwise(folder, name, ShopSetting.with(configured));
  }

  /** Otherwise than the demo has it. */
  static RunningShop otherwise(Path folder, String name, ShopSetting setting) throws Exception {
    return new RunningShop(folder, name, folder.resolve("kafka"), setting);
  }

  private String staging() {
    return repository.value() + "_staging";
  }

  private OffshootConfig configuration(KafkaConfig kafka) throws Exception {
    EmbeddedPostgres postgres = SharedServers.postgres();
    StoresConfig stores = new StoresConfig(
        new PostgresConfig("127.0.0.1", postgres.port(), postgres.adminUser(), new Secret(postgres.adminPassword()), 20),
        new SolrConfig(SharedServers.solr().baseUrl(), SharedServers.solr().backups()),
        new RedisConfig.Processes(SharedServers.redisBinary(), folder.resolve("redis"), 64,
            Optional.of(SharedServers.redisKeeper())));
    RepositoryConfig shopRepository = new RepositoryConfig(repository, GitHostName.GITHUB, Shop.FULL_NAME,
        shop.bare().toString(), "main", List.of(new Secret(shop.secret())), RepositoryConfig.Creation.ON_PUSH,
        RepositoryConfig.DEFAULT_MIGRATIONS, new StagingConfig(staging(), Optional.of(staging())));
    return setting.config(new OffshootConfig(kafka, stores,
        new CredentialsConfig("test", new Secret("a master key of the tests, long enough")),
        WorkersConfig.defaults().withPort(FreePorts.choose()),
        folder.resolve("blobs"), Map.of(repository, shopRepository), Map.of()));
  }

  OffshootConfig config() {
    return config;
  }

  StateTable table() {
    return table;
  }

  Shop shop() {
    return shop;
  }

  Origin origin(String branch) {
    return Origin.ofBranch(repository, GitRef.ofBranch(branch));
  }

  EnvironmentId environment(String branch) {
    return origin(branch).environment();
  }

  /** Commits a migration on a branch that starts at main and pushes it; returns the commit. */
  Commit push(String branch, String file, String sql) throws Exception {
    Commit commit = pushUntold(branch, file, sql);
    say(new Request.BranchPushed(origin(branch), commit, false, false, "developer"));
    return commit;
  }

  /** The same, and the delivery is lost. */
  Commit pushUntold(String branch, String file, String sql) throws Exception {
    boolean known = shop.developer().run("branch", "--list", branch).contains(branch);
    shop.developer().run("checkout", "--quiet", known ? branch : "main");
    if (!known) {
      shop.developer().run("checkout", "--quiet", "-b", branch);
    }
    shop.commitMigration(file, sql);
    shop.developer().run("push", "--quiet", "origin", branch);
    return new Commit(shop.developer().run("rev-parse", "HEAD"));
  }

  Message say(Request request) {
    Message message = Message.first(EventId.random(), EventSource.worker("test"), Instant.now(), request);
    publisher.publish(message).join();
    return message;
  }

  EnvironmentState await(String branch, String what, Predicate<EnvironmentState> holds) {
    return Eventually.await(branch + " is " + what, SOON, () -> table.of(environment(branch)), holds);
  }

  EnvironmentState awaitReadyAt(String branch, Commit commit) {
    return await(branch, "ready",
        s -> s.phase() == Phase.READY && s.presence().orElseThrow().tip().equals(Optional.of(commit)));
  }

  /** Runs a command until it ends; what it has seen stands in the {@link #table} then. */
  Ran run(String... words) {
    return run(new StringWriter(), words);
  }

  /** A command under way. */
  record Started(StringWriter err, CompletableFuture<Ran> end) {
    /** Once it has said something on the way, which it must before it ends. */
    Started says(String text) {
      Eventually.await("the command says '" + text + "'", SOON, () -> err.toString().contains(text));
      assertThat(end).isNotDone();
      return this;
    }
  }

  /** Starts a command, whose words on the way can be heard. */
  Started begin(String... words) {
    StringWriter err = new StringWriter();
    return new Started(err, CompletableFuture.supplyAsync(() -> run(err, words), command -> Thread.ofVirtual().start(command)));
  }

  private Ran run(StringWriter err, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--config";
    all[words.length + 1] = folder.resolve("offshoot.yaml").toString();
    StringWriter out = new StringWriter();
    int status = OffshootMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    try {
      table.catchUp();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Ran(status, out.toString(), err.toString());
  }

  /** The name of the environment's database. */
  String database(String branch) {
    return table.of(environment(branch)).stores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow().name();
  }

  void admin(String database, String sql) throws SQLException {
    try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection connect(String database) throws SQLException {
    EmbeddedPostgres postgres = SharedServers.postgres();
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database,
        postgres.adminUser(), postgres.adminPassword());
  }

  @Override
  public void close() {
    closing.close();
  }
}
