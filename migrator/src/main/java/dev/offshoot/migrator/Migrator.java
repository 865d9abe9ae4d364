package dev.offshoot.migrator;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.migrator.child.ReadyChildren;
import dev.offshoot.migrator.search.SearchStep;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The migrator and all it needs; closing it ends running migrations, which are carried on with at the next start. */
public final class Migrator implements RunningWorker {
  private final WorkerRuntime runtime;
  private final ReadyChildren children;
  private final SearchStep search;

  private Migrator(WorkerRuntime runtime, ReadyChildren children, SearchStep search) {
    this.runtime = runtime;
    this.children = children;
    this.search = search;
  }

  public static Migrator start(OffshootConfig config) {
    JGitRepository.removeLeftovers(Clock.systemUTC());
    Topics.ensure(config.kafka());
    ReadyChildren children = ReadyChildren.start(config.workers().migrate().processes());
    SearchStep search = SearchStep.of(config, Migrator::git);
    MigratorWorker worker = worker(config, children, search);
    try {
      return new Migrator(WorkerRuntime.start(worker, WorkerSettings.of(config.kafka())), children, search);
    } catch (RuntimeException e) {
      children.close();
      search.close();
      throw e;
    }
  }

  private static GitRepository git(RepositoryConfig repository) {
    return new JGitRepository(repository.url());
  }

  private static MigratorWorker worker(OffshootConfig config, ReadyChildren children, SearchStep search) {
    Map<RepositoryKey, MigrationFiles> repositories = config.repositories().values().stream()
        .collect(Collectors.toMap(RepositoryConfig::key, one -> new MigrationFiles(git(one), one)));
    Databases databases = new Databases(new Credentials(config.credentials()), children, config.workers().migrate().deadline(),
        Optional.of(config.stores().postgres()));
    return new MigratorWorker(repositories, databases, search, new FolderBlobs(config.blobs()), Clock.systemUTC());
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
    children.close();
    search.close();
  }
}
