package dev.offshoot.proof.drive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.offshoot.cli.system.Addresses;
import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.Installation;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.config.ConfigText;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.embedded.EmbeddedRedis;
import dev.offshoot.embedded.PostgresSettings;
import dev.offshoot.embedded.ServersLayout;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.process.FreePorts;
import dev.offshoot.process.OwnerOnly;
import dev.offshoot.proof.Broker;
import dev.offshoot.proof.Webhooks;
import dev.offshoot.proof.check.World;
import dev.offshoot.proof.check.World.SharedRedis;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topics;

/** What is proved upon: servers, a repository with a Staging, and the five workers in processes of their own. */
public final class Ground implements AutoCloseable {
  public static final RepositoryKey REPOSITORY = new RepositoryKey("shop");
  static final EnvironmentId STAGING = EnvironmentId.staging(REPOSITORY);
  static final EnvironmentId PRODUCTION = EnvironmentId.production(REPOSITORY);
  private static final String SECRET = "the-proofs-own-webhook-secret";
  private static final String TOKEN = "the-proofs-own-token-for-feedback";

  /** One database and one core stand ready: of two branches that are pushed at once one gets them and the other copies of its own. */
  private static final String STORES = """
      stores:
        postgres:
          pool: {min: 1, max: 1}
        solr:
          pool: {min: 1, max: 1}
      """;

  private final DataFolder data;
  private final Installation installation;
  private final PlayedGitHost host;
  private final SharedServer shared;
  private final StateTable table;
  private final Production production;
  private final Map<WorkerName, WorkerProcess> workers = new EnumMap<>(WorkerName.class);

  /** Both or none. */
  private record SharedServer(Optional<SharedRedis> at, Optional<EmbeddedRedis> server) {}

  private Ground(DataFolder data, Installation installation, PlayedGitHost host, SharedServer shared) throws InterruptedException {
    this.production = Production.of(installation.config().stores().postgres());
    this.shared = shared;
    this.data = data;
    this.installation = installation;
    this.host = host;
    this.table = StateTable.open(installation.config().kafka());
  }

  /** How environments get their Redis. */
  enum Redis {
    PROCESSES,
    SHARED;

    String label() {
      return this == PROCESSES ? "a server for each environment" : "one server for all";
    }
  }

  /** With a Redis for each environment. */
  public static Ground open(Path folder) throws IOException, InterruptedException {
    return open(folder, Redis.PROCESSES, false);
  }

  /**
   * Returns when the first epoch of Staging is there.
   *
   * @param longRun whether so many workers are started that a cache for their start is worth making
   */
  static Ground open(Path folder, Redis mode, boolean longRun) throws IOException, InterruptedException {
    DataFolder data = new DataFolder(folder.resolve("data")).prepare();
    PlayedRepository repository = PlayedRepository.create(data.root().resolve("shop.git"));
    repository.move(PlayedRepository.DEFAULT_BRANCH, repository.commit("Begin", Staging.tree(), List.of()));
    Optional<SharedRedis> shared = mode == Redis.PROCESSES ? Optional.empty() : Optional.of(new SharedRedis(FreePorts.choose(), SECRET));
    Optional<EmbeddedRedis> redis = shared.map(server ->
        EmbeddedRedis.start(SharedServers.redisBinary(), data.root().resolve("shared-redis"), server.port(), server.password()));
    PlayedGitHostApi api = PlayedGitHost.api(TOKEN);
    Path config = Files.writeString(data.root().resolve("proof.yaml"), """
        kafka:
          partitions: 6
        repositories:
          %s:
            host: github
            fullName: %s
            url: '%s'
            secrets: ["%s"]
            create: on-push
            staging:
              database: %s
              core: %s
              configSet: %s
              seed: %s
              masking: %s
            production:
              database: %s
              rehearse: on-command
            feedback:
              api: %s
              token: %s
        """.formatted(REPOSITORY, PlayedGitHost.FULL_NAME, repository.folder(), SECRET, Staging.NAME, Staging.NAME, Staging.CONFIG_SET,
            Staging.seed(data.root().resolve("seed")), Staging.policy(data.root().resolve("masking.yaml")), Staging.PRODUCTION, api.api(), TOKEN)
        + STORES + shared.map(Ground::configured).orElse(""));
    ServersLayout layout = new ServersLayout(data.servers(), SharedServers.binaries(), Broker.QUICK,
        PostgresSettings.defaults().withoutFsync().withBinaries(SharedServers.binaries()));
    Installation installation = Installation.start(data, config, OptionalInt.empty(), layout, (server, after) -> { });
    try {
      Staging.make(installation.config(), folder);
      Topics.ensure(installation.config().kafka());
      URI hook = URI.create(Addresses.of(installation.config()).webhook(REPOSITORY.value()));
      Ground ground = new Ground(data, installation, new PlayedGitHost(repository, new Webhooks(hook, SECRET), api),
          new SharedServer(shared, redis));
      ground.startWorkers(longRun);
      return ground;
    } catch (IOException | InterruptedException | RuntimeException e) {
      api.close();
      installation.close();
      redis.ifPresent(EmbeddedRedis::close);
      throw e;
    }
  }

  private static String configured(SharedRedis server) {
    return """
          redis:
            mode: shared
            host: 127.0.0.1
            port: %d
            password: %s
        """.formatted(server.port(), server.password());
  }

  private void startWorkers(boolean longRun) throws IOException, InterruptedException {
    keep(patient(), sweeping(installation.config().workers().sweep()));
    keep(impatient(), sweeping(new WorkersConfig.Sweep(Duration.ofSeconds(1), Duration.ofMillis(500))));
    keep(forgetful(), forgetting(
        sweeping(new WorkersConfig.Sweep(installation.config().workers().sweep().idleAfter(), Duration.ofMillis(500)))));
    Path faults = OwnerOnly.createDirectory(data.root().resolve("faults"));
    for (WorkerName worker : WorkerName.values()) {
      workers.put(worker, new WorkerProcess(worker, patient(), new WorkerProcess.Places(data.logs(), faults, longRun)));
    }
    workers.values().forEach(WorkerProcess::awaitStarted);
    table.catchUp();
    Waiting.until("Staging has an epoch", () -> table.of(STAGING).epochs().flatMap(Epochs::newest).isPresent());
    Waiting.until("Production has an epoch", () -> table.of(PRODUCTION).epochs().flatMap(Epochs::newest).isPresent());
  }

  private static void keep(Path file, OffshootConfig config) throws IOException {
    OwnerOnly.write(file, ConfigText.yaml(config, ConfigText.Secrets.REVEALED));
  }

  /** The workers' configuration. */
  Path patient() {
    return data.effectiveConfig();
  }

  /** The same, but an environment is idle after a second. */
  Path impatient() {
    return data.root().resolve("run").resolve("impatient.yaml");
  }

  /** The same as the first, but epochs and backups are kept for a second. */
  Path forgetful() {
    return data.root().resolve("run").resolve("forgetful.yaml");
  }

  private static OffshootConfig forgetting(OffshootConfig usual) {
    StoresConfig stores = usual.stores();
    return new OffshootConfig(usual.kafka(),
        new StoresConfig(stores.postgres(), stores.solr(), stores.redis(), Duration.ofSeconds(1), Duration.ofSeconds(1)),
        usual.credentials(), usual.workers(), usual.blobs(), usual.repositories(), usual.services());
  }

  /** Without a port of its own for each worker's health: nobody asks here. */
  private OffshootConfig sweeping(WorkersConfig.Sweep sweep) {
    OffshootConfig usual = installation.config();
    WorkersConfig workers =
        new WorkersConfig(usual.workers().webhooks(), sweep, usual.workers().migrate(), WorkersConfig.Management.OFF);
    return new OffshootConfig(usual.kafka(), usual.stores(), usual.credentials(), workers, usual.blobs(), usual.repositories(),
        usual.services());
  }

  public OffshootConfig config() {
    return installation.config();
  }

  public WorkerProcess worker(WorkerName worker) {
    WorkerProcess process = workers.get(worker);
    if (process == null) {
      throw new IllegalStateException(worker + " was not started");
    }
    return process;
  }

  PlayedGitHost host() {
    return host;
  }

  Production production() {
    return production;
  }

  StateTable table() {
    return table;
  }

  /** For the checker, which shares nothing else with the driver. */
  public World world() {
    PostgresConfig postgres = config().stores().postgres();
    World.Stores stores = new World.Stores("jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/", postgres.user(),
        postgres.password().reveal(), config().stores().solr().url());
    return new World(config().kafka().bootstrapServers(), shared.at().map(stores::withRedis).orElse(stores),
        new World.Folders(config().stores().solr().backups(), data.redis(), data.blobs(), data.logs()),
        new World.Secrets(data.masterKey(), List.of(SECRET, TOKEN, postgres.password().reveal()), Optional.of(Staging.CANARY)),
        Map.of(REPOSITORY.value(),
            new World.Repository(host.repository().folder(), PlayedRepository.DEFAULT_BRANCH, Staging.FOLDER)));
  }

  @Override
  public void close() {
    workers.values().parallelStream().forEach(WorkerProcess::close);
    table.close();
    host.close();
    installation.close();
    shared.server().ifPresent(EmbeddedRedis::close);
  }
}
