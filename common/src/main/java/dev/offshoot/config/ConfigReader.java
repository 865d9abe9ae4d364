package dev.offshoot.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.Section.Range;
import dev.offshoot.environment.RepositoryKey;

/** Turns the tree into the records, key by key. */
final class ConfigReader {
  private static final int PORTS = 65_535;
  private static final int MASTER_KEY_LENGTH = 32;
  private static final int MAX_MEGABYTES = 1 << 20;
  private static final int MAX_BODY_BYTES = 26 << 20;
  private static final String MANAGEMENT_PORT = "OFFSHOOT_MANAGEMENT_PORT";
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,99}");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final Pattern BROKER = Pattern.compile("(?:[A-Za-z_]+://)?(?:[0-9A-Za-z%._-]+|\\[[0-9A-Fa-f:.%]+]):[0-9]{1,5}");
  private static final Set<String> OURS = Set.of("DATABASE_URL", "REDIS_URL", "SOLR_URL", "BRANCH_NAME");

  private final Reading reading;

  ConfigReader(Reading reading) {
    this.reading = reading;
  }

  private enum RedisMode {
    PROCESS,
    SHARED
  }

  OffshootConfig read(ObjectNode tree) {
    Section root = Section.root(tree, reading);
    OffshootConfig config = new OffshootConfig(
        kafka(root.section("kafka")),
        stores(root.section("stores")),
        credentials(root.section("credentials")),
        workers(root),
        blobs(root.section("blobs")),
        repositories(root),
        services(root));
    root.end();
    return config;
  }

  private static KafkaConfig kafka(Section kafka) {
    KafkaConfig config = new KafkaConfig(
        brokers(kafka),
        kafka.number("partitions", Range.of(1, 1000, KafkaConfig.DEFAULT_PARTITIONS)),
        kafka.number("replicas", Range.of(1, 15, 1)),
        kafka.values("client", "<setting>"));
    kafka.end();
    return config;
  }

  /** Kafka's clients would say so too, but not which key is meant. */
  private static String brokers(Section kafka) {
    String brokers = kafka.text("bootstrapServers", "127.0.0.1:9092");
    Stream.of(brokers.split(",", -1)).map(String::strip).filter(each -> !each.equals("-") && !BROKER.matcher(each).matches()).findFirst()
        .ifPresent(_ -> kafka.problem("bootstrapServers",
            "must be host:port, or several with commas between them; write for example kafka:9092"));
    return brokers;
  }

  private static StoresConfig stores(Section stores) {
    StoresConfig config = new StoresConfig(
        postgres(stores.section("postgres")), solr(stores.section("solr")), redis(stores.section("redis")),
        stores.duration("epochRetention", StoresConfig.DEFAULT_EPOCH_RETENTION),
        stores.durationOrZero("backupRetention", StoresConfig.DEFAULT_BACKUP_RETENTION));
    stores.end();
    return config;
  }

  private static PostgresConfig postgres(Section postgres) {
    PostgresConfig config = new PostgresConfig(
        postgres.text("host", "127.0.0.1"),
        postgres.number("port", Range.of(1, PORTS, 5432)),
        postgres.text("user", "postgres"),
        postgres.secret("password", 1),
        new PostgresLimits(
            postgres.number("connectionLimit", Range.of(1, 10_000, PostgresLimits.DEFAULTS.connections())),
            postgres.duration("statementDeadline", PostgresLimits.DEFAULTS.statement())),
        cloning(postgres),
        new PostgresPrograms(postgres.optionalPath("binaries"), postgres.optionalPath("dumps")),
        postgres.choice("backup", PostgresBackup.class, Optional.of(PostgresBackup.RETAIN)));
    postgres.end();
    return config;
  }

  private static PostgresCloning cloning(Section postgres) {
    PostgresCloning usual = PostgresCloning.DEFAULTS;
    Section check = postgres.section("check");
    PostgresCloning config = new PostgresCloning(
        pool(postgres.section("pool")),
        postgres.number("reserveMegabytes", Range.of(0, MAX_MEGABYTES, usual.reserveMegabytes())),
        new PostgresCloning.Check(
            check.number("megabytes", Range.of(0, MAX_MEGABYTES, usual.check().megabytes())),
            check.number("oneIn", Range.of(0, 1_000_000, usual.check().oneIn()))));
    check.end();
    return config;
  }

  private static PoolSize pool(Section pool) {
    int max = pool.number("max", Range.of(0, PoolSize.LARGEST, PoolSize.DEFAULT.max()));
    int min = pool.number("min", Range.of(0, PoolSize.LARGEST, Math.min(max, PoolSize.DEFAULT.min())));
    if (min > max) {
      pool.problem("min", "is more than " + pool.key("max") + ", which is " + max);
    }
    pool.end();
    return new PoolSize(min, max);
  }

  private static SolrConfig solr(Section solr) {
    String url = solr.text("url", "http://127.0.0.1:8983/solr");
    if (!url.equals("-") && !url.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
      solr.problem("url", "is not an http or https address; write for example http://127.0.0.1:8983/solr");
    }
    SolrConfig config = new SolrConfig(url.replaceAll("/+$", ""), solr.path("backups", "/var/solr/backups"),
        solr.choice("mode", SolrConfig.Mode.class, Optional.of(SolrConfig.Mode.STANDALONE)),
        solr.optional("user").map(user -> new SolrConfig.Login(user, solr.secret("password", 1))),
        pool(solr.section("pool")),
        configSets(solr));
    if (config.configSets().isPresent() && config.mode() == SolrConfig.Mode.CLOUD) {
      solr.problem("configSets", "is for a standalone server; a SolrCloud keeps config sets in its ZooKeeper: leave it out");
    }
    solr.end();
    return config;
  }

  /** What {@code up} fills in is its own server's. */
  private static Optional<Path> configSets(Section solr) {
    Optional<Path> folder = solr.optionalPath("configSets");
    return solr.isWritten("configSets") || !(solr.isWritten("url") || solr.isWritten("mode")) ? folder : Optional.empty();
  }

  private static RedisConfig redis(Section redis) {
    RedisConfig config = switch (redis.choice("mode", RedisMode.class, Optional.of(RedisMode.PROCESS))) {
      case PROCESS -> new RedisConfig.Processes(
          redis.path("server", "/usr/bin/redis-server"),
          redis.path("directory", "/var/lib/offshoot/redis"),
          redis.number("maxMemoryMegabytes", Range.of(1, 1 << 20, RedisConfig.Processes.DEFAULT_MAX_MEMORY_MEGABYTES)),
          redis.optionalPath("keeper"));
      case SHARED -> new RedisConfig.Shared(
          redis.text("host", "127.0.0.1"), redis.number("port", Range.of(1, PORTS, 6379)), redis.secret("password", 1));
    };
    redis.end();
    return config;
  }

  private static CredentialsConfig credentials(Section credentials) {
    String keyId = credentials.textOr("keyId", "k1");
    if (!KEY_ID.matcher(keyId).matches()) {
      credentials.problem("keyId", "must be 1 to 40 of A-Z a-z 0-9 . _ -; write for example k1");
    }
    CredentialsConfig config = new CredentialsConfig(keyId, credentials.secret("masterKey", MASTER_KEY_LENGTH));
    credentials.end();
    return config;
  }

  /** The variable comes first: instances that share a host share the file, but not the port. */
  private WorkersConfig.Management management(Section management) {
    WorkersConfig.Management config = new WorkersConfig.Management(
        management.textOr("host", WorkersConfig.Management.OFF.host()), management.port("port", reading.variable(MANAGEMENT_PORT)));
    management.end();
    return config;
  }

  private WorkersConfig workers(Section root) {
    Section webhooks = root.section("webhooks");
    Section sweep = root.section("sweep");
    Section migrate = root.section("migrate");
    WorkersConfig config = new WorkersConfig(
        new WorkersConfig.Webhooks(
            webhooks.textOr("host", "127.0.0.1"),
            webhooks.number("port", Range.of(0, PORTS, 0)),
            webhooks.number(
                "bodyLimitBytes", Range.of(1024, MAX_BODY_BYTES, WorkersConfig.Webhooks.DEFAULT_BODY_LIMIT_BYTES)),
            webhooks.number("deliveriesPerMinute",
                Range.of(1, 10_000_000, WorkersConfig.Webhooks.DEFAULT_DELIVERIES_PER_MINUTE))),
        new WorkersConfig.Sweep(
            sweep.duration("idleAfter", WorkersConfig.Sweep.DEFAULT_IDLE_AFTER),
            sweep.duration("every", WorkersConfig.Sweep.DEFAULT_EVERY)),
        new WorkersConfig.Migrate(
            migrate.duration("deadline", WorkersConfig.Migrate.DEFAULT_DEADLINE), processes(migrate.section("processes"))),
        management(root.section("management")),
        reconcile(root.section("reconcile")));
    webhooks.end();
    sweep.end();
    migrate.end();
    return config;
  }

  private static WorkersConfig.Processes processes(Section processes) {
    WorkersConfig.Processes usual = WorkersConfig.Processes.USUAL;
    WorkersConfig.Processes config = new WorkersConfig.Processes(
        processes.number("megabytes", Range.of(64, MAX_MEGABYTES, usual.megabytes())),
        processes.number("most", Range.of(1, 1000, usual.most())),
        processes.number("ready", Range.of(0, 1000, usual.ready())),
        processes.number("runs", Range.of(1, 1_000_000, usual.runs())));
    processes.end();
    return config;
  }

  private static WorkersConfig.Reconcile reconcile(Section reconcile) {
    WorkersConfig.Reconcile usual = WorkersConfig.Reconcile.USUAL;
    Section brake = reconcile.section("brake");
    WorkersConfig.Reconcile config = new WorkersConfig.Reconcile(reconcile.duration("every", usual.every()),
        new WorkersConfig.Brake(brake.number("count", Range.of(0, 1_000_000, usual.brake().count())),
            brake.number("percent", Range.of(0, 100, usual.brake().percent())),
            brake.number("create", Range.of(0, 1_000_000, usual.brake().create()))));
    brake.end();
    reconcile.end();
    return config;
  }

  private static Path blobs(Section blobs) {
    Path directory = blobs.path("directory", "data/blobs");
    blobs.end();
    return directory;
  }

  private Map<RepositoryKey, RepositoryConfig> repositories(Section root) {
    Map<RepositoryKey, RepositoryConfig> all = new LinkedHashMap<>();
    root.sections("repositories", "<key>").forEach((name, section) -> {
      Optional<RepositoryKey> key = repositoryKey(section, name);
      RepositoryConfig repository = new RepositoryReader(reading).read(key.orElse(new RepositoryKey("x")), section);
      key.ifPresent(k -> all.put(k, repository));
    });
    if (all.isEmpty() && reading.problems().isEmpty()) {
      reading.warning("repositories", "names no repository, so no branch gets an environment");
    }
    return all;
  }

  private Optional<RepositoryKey> repositoryKey(Section section, String name) {
    try {
      return Optional.of(new RepositoryKey(name));
    } catch (IllegalArgumentException e) {
      reading.problem(
          section.key("").replaceAll("\\.$", ""), "is not a repository's key; write 1 to 40 of a-z, 0-9 and '-'");
      return Optional.empty();
    }
  }

  private static Map<String, String> services(Section root) {
    Map<String, String> services = root.values("services", "<VARIABLE>");
    for (String name : services.keySet()) {
      if (OURS.contains(name)) {
        root.problem("services." + name, "is set for every environment already; choose another name");
      } else if (!VARIABLE.matcher(name).matches()) {
        root.problem("services." + name, "is not a variable's name; write A-Z, 0-9 and '_', such as MAIL_URL");
      }
    }
    return services;
  }
}
