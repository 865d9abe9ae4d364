package dev.offshoot.migrator;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The migrator and all it needs; closing it ends running migrations, which are carried on with at the next start. */
public final class Migrator implements RunningWorker {
  private final WorkerRuntime runtime;

  private Migrator(WorkerRuntime runtime) {
    this.runtime = runtime;
  }

  public static Migrator start(OffshootConfig config) {
    JGitRepository.removeLeftovers(Clock.systemUTC());
    Topics.ensure(config.kafka());
    MigratorWorker worker = worker(config, repository -> new JGitRepository(repository.url()), Clock.systemUTC());
    return new Migrator(WorkerRuntime.start(worker, WorkerSettings.of(config.kafka())));
  }

  /** The worker without its runtime. */
  static MigratorWorker worker(OffshootConfig config, Function<RepositoryConfig, GitRepository> git, Clock clock) {
    Map<RepositoryKey, MigrationFiles> repositories = config.repositories().values().stream()
        .collect(Collectors.toMap(RepositoryConfig::key, one -> new MigrationFiles(git.apply(one), one)));
    Databases databases = new Databases(new Credentials(config.credentials()), config.workers().migrate().deadline());
    Set<RepositoryKey> rehearsed = config.repositories().values().stream()
        .filter(one -> one.production().filter(at -> at.rehearse() == Rehearse.ON_PUSH).isPresent())
        .map(RepositoryConfig::key).collect(Collectors.toSet());
    return new MigratorWorker(repositories, rehearsed, databases, new FolderBlobs(config.blobs()), clock);
  }

  public WorkerRuntime runtime() {
    return runtime;
  }

  @Override
  public Health health() {
    return runtime.health();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
