package dev.offshoot.config;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/** Writes a configuration out in full, as the file that would be read as the same configuration. */
public final class ConfigText {
  private static final Pattern SENSITIVE = Pattern.compile("(?i).*(password|secret|token|jaas|credential|[._-]key$).*");
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("(://[^/:@\\s]*:)[^/@\\s]*@");
  private static final String STARS = "****";

  private final Secrets secrets;

  private ConfigText(Secrets secrets) {
    this.secrets = secrets;
  }

  /** What becomes of secrets. */
  public enum Secrets {
    /** Stars, for eyes and logs. */
    MASKED,
    /** As they are, for a file that only its owner may read. */
    REVEALED
  }

  public static String yaml(OffshootConfig config, Secrets secrets) {
    return yaml(tree(config, secrets));
  }

  /** A part of such a tree, or the whole. */
  public static String yaml(ObjectNode tree) {
    try {
      return new ObjectMapper(YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build())
          .writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers can always be written", e);
    }
  }

  public static ObjectNode tree(OffshootConfig config, Secrets secrets) {
    return new ConfigText(secrets).tree(config);
  }

  private ObjectNode tree(OffshootConfig config) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    kafka(root.putObject("kafka"), config.kafka());
    stores(root.putObject("stores"), config.stores());
    root.putObject("credentials")
        .put("keyId", text(config.credentials().keyId()))
        .put("masterKey", text(config.credentials().masterKey()));
    workers(root, config.workers());
    root.putObject("blobs").put("directory", text(config.blobs().toString()));
    ObjectNode repositories = root.putObject("repositories");
    config.repositories().values().stream()
        .sorted(Comparator.comparing(r -> r.key().value()))
        .forEach(r -> repository(repositories.putObject(r.key().value()), r));
    ObjectNode services = root.putObject("services");
    config.services().entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(e -> services.put(e.getKey(), named(e.getKey(), e.getValue())));
    return root;
  }

  private void kafka(ObjectNode node, KafkaConfig kafka) {
    node.put("bootstrapServers", text(kafka.bootstrapServers())).put("partitions", kafka.partitions())
        .put("replicas", kafka.replicas());
    ObjectNode client = node.putObject("client");
    kafka.client().entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(e -> client.put(e.getKey(), named(e.getKey(), e.getValue())));
  }

  private void stores(ObjectNode node, StoresConfig stores) {
    PostgresConfig postgres = stores.postgres();
    PostgresCloning cloning = postgres.cloning();
    ObjectNode database = node.putObject("postgres")
        .put("host", text(postgres.host()))
        .put("port", postgres.port())
        .put("user", text(postgres.user()))
        .put("password", text(postgres.password()))
        .put("connectionLimit", postgres.limits().connections())
        .put("statementDeadline", Durations.write(postgres.limits().statement()))
        .put("reserveMegabytes", cloning.reserveMegabytes());
    database.putObject("pool").put("min", cloning.pool().min()).put("max", cloning.pool().max());
    database.putObject("check").put("megabytes", cloning.check().megabytes()).put("oneIn", cloning.check().oneIn());
    postgres.programs().binaries().ifPresent(folder -> database.put("binaries", text(folder.toString())));
    postgres.programs().dumps().ifPresent(folder -> database.put("dumps", text(folder.toString())));
    database.put("backup", Section.written(postgres.backup()));
    node.put("epochRetention", Durations.write(stores.epochRetention()));
    node.put("backupRetention", Durations.write(stores.backupRetention()));
    ObjectNode solr = node.putObject("solr").put("url", text(stores.solr().url()))
        .put("backups", text(stores.solr().backups().toString())).put("mode", Section.written(stores.solr().mode()));
    stores.solr().configSets().ifPresent(folder -> solr.put("configSets", text(folder.toString())));
    solr.putObject("pool").put("min", stores.solr().pool().min()).put("max", stores.solr().pool().max());
    stores.solr().login()
        .ifPresent(login -> solr.put("user", text(login.user())).put("password", text(login.password())));
    ObjectNode redis = node.putObject("redis");
    switch (stores.redis()) {
      case RedisConfig.Processes own -> {
        redis.put("mode", "process")
            .put("server", text(own.server().toString()))
            .put("directory", text(own.directory().toString()))
            .put("maxMemoryMegabytes", own.maxMemoryMegabytes());
        own.keeper().ifPresent(keeper -> redis.put("keeper", text(keeper.toString())));
      }
      case RedisConfig.Shared shared -> redis.put("mode", "shared")
          .put("host", text(shared.host()))
          .put("port", shared.port())
          .put("password", text(shared.password()));
    }
  }

  private void workers(ObjectNode root, WorkersConfig workers) {
    root.putObject("webhooks")
        .put("host", text(workers.webhooks().host()))
        .put("port", workers.webhooks().port())
        .put("bodyLimitBytes", workers.webhooks().bodyLimitBytes())
        .put("deliveriesPerMinute", workers.webhooks().deliveriesPerMinute());
    root.putObject("sweep")
        .put("idleAfter", Durations.write(workers.sweep().idleAfter()))
        .put("every", Durations.write(workers.sweep().every()));
    WorkersConfig.Processes processes = workers.migrate().processes();
    root.putObject("migrate").put("deadline", Durations.write(workers.migrate().deadline())).putObject("processes")
        .put("megabytes", processes.megabytes()).put("most", processes.most()).put("ready", processes.ready()).put("runs", processes.runs());
    ObjectNode reconcile = root.putObject("reconcile").put("every", Durations.write(workers.reconcile().every()));
    WorkersConfig.Brake brake = workers.reconcile().brake();
    reconcile.putObject("brake").put("count", brake.count()).put("percent", brake.percent()).put("create", brake.create());
    ObjectNode management = root.putObject("management").put("host", text(workers.management().host()));
    workers.management().port().ifPresent(port -> management.put("port", port));
  }

  private void repository(ObjectNode node, RepositoryConfig repository) {
    node.put("host", Section.written(repository.host()))
        .put("fullName", text(repository.fullName()))
        .put("url", url(repository.url()))
        .put("defaultBranch", text(repository.defaultBranch()));
    ArrayNode active = node.putArray("secrets");
    repository.secrets().forEach(secret -> active.add(text(secret)));
    node.put("create", Section.written(repository.create())).put("migrations", text(repository.migrations()));
    branches(node, repository.branches());
    ObjectNode staging = node.putObject("staging").put("database", text(repository.staging().database()));
    repository.staging().core().ifPresent(core -> staging.put("core", text(core)));
    repository.staging().configSet().ifPresent(folder -> staging.put("configSet", text(folder)));
    snapshots(staging, repository.staging().snapshots());
    flyway(node.putObject("flyway"), repository.flyway());
    repository.production().ifPresent(production -> {
      ObjectNode source = node.putObject("production").put("database", text(production.stores().database()));
      snapshots(source, production.stores().snapshots());
      source.put("rehearse", Section.written(production.rehearse()))
          .put("every", Durations.write(production.every()))
          .put("keep", Durations.write(production.keep()));
    });
    repository.feedback().ifPresent(feedback -> feedback(node.putObject("feedback"), feedback));
    ReportPolicy policy = repository.report();
    ObjectNode report = node.putObject("report")
        .put("lockLimit", Durations.write(policy.lockLimit())).put("rowLimit", policy.rowLimit());
    ObjectNode consequences = report.putObject("policy");
    new TreeMap<>(policy.consequences()).forEach((reason, consequence) -> consequences.put(reason, Section.written(consequence)));
  }

  private void flyway(ObjectNode node, FlywayConfig flyway) {
    node.put("outOfOrder", flyway.outOfOrder()).put("table", text(flyway.table()));
    if (!flyway.schemas().isEmpty()) {
      ArrayNode schemas = node.putArray("schemas");
      flyway.schemas().forEach(schema -> schemas.add(text(schema)));
    }
    ObjectNode placeholders = node.putObject("placeholders");
    flyway.sortedPlaceholders().forEach((name, value) -> placeholders.put(name, named(name, value)));
  }

  private void snapshots(ObjectNode source, StagingConfig.Snapshots snapshots) {
    snapshots.server().ifPresent(server -> source.putObject("server")
        .put("host", text(server.host()))
        .put("port", server.port())
        .put("user", text(server.user()))
        .put("password", text(server.password())));
    source.put("snapshot", Section.written(snapshots.way()));
    snapshots.seed().ifPresent(folder -> source.put("seed", text(folder.toString())));
    snapshots.masking().ifPresent(file -> source.put("masking", text(file.toString())));
  }

  private void feedback(ObjectNode node, FeedbackConfig feedback) {
    node.put("api", text(feedback.api().toString()));
    feedback.login().user().ifPresent(user -> node.put("user", text(user)));
    node.put("token", text(feedback.login().token()))
        .put("comment", feedback.told().comment())
        .put("status", feedback.told().status());
    feedback.reportUrl().ifPresent(template -> node.put("reportUrl", text(template)));
  }

  private void branches(ObjectNode node, BranchRules rules) {
    rules.label().ifPresent(label -> node.put("label", text(label)));
    ObjectNode branches = node.putObject("branches");
    ArrayNode include = branches.putArray("include");
    rules.include().forEach(pattern -> include.add(text(pattern.text())));
    if (!rules.exclude().isEmpty()) {
      ArrayNode exclude = branches.putArray("exclude");
      rules.exclude().forEach(pattern -> exclude.add(text(pattern.text())));
    }
  }

  private String named(String name, String value) {
    return secrets == Secrets.MASKED && SENSITIVE.matcher(name).matches() ? STARS : text(value);
  }

  private String text(Secret secret) {
    return switch (secrets) {
      case MASKED -> STARS;
      case REVEALED -> text(secret.reveal());
    };
  }

  /** A token may stand where a user's name would. */
  private String url(String value) {
    return switch (secrets) {
      case MASKED -> RepositoryUrl.masked(value, STARS + "@");
      case REVEALED -> text(value);
    };
  }

  private String text(String value) {
    return switch (secrets) {
      case MASKED -> PASSWORD_IN_URL.matcher(value).replaceAll("$1" + STARS + "@");
      case REVEALED -> value.replace("${", "$${");
    };
  }
}
