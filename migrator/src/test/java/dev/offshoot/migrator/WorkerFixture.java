package dev.offshoot.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.git.SampleRepository;
import dev.offshoot.migrator.child.ReadyChildren;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** A migrator over a repository of its own, without Kafka: outcomes are put into the context as their commit would. */
final class WorkerFixture implements AutoCloseable {
  static final GitRef BRANCH = GitRef.ofBranch("feature/x");
  /** For all tests of this JVM, since a start takes longer than most tests. */
  static final ReadyChildren CHILDREN = ReadyChildren.start(new WorkersConfig.Processes(128, 8, 1, 1_000));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(CHILDREN::close));
  }

  final SampleRepository repository;
  final MigratorWorker worker;
  final FolderBlobs blobs;

  WorkerFixture(Path folder, Duration deadline) throws IOException {
    repository = SampleRepository.create(folder.resolve("shop.git"));
    blobs = new FolderBlobs(folder.resolve("blobs"));
    worker = worker(repository.url(), deadline, folder.resolve("blobs"));
  }

  /** @param folder of the blobs */
  static MigratorWorker worker(String url, Duration deadline, Path folder) {
    return worker(url, deadline, CHILDREN, folder, FlywayConfig.DEFAULT);
  }

  /** Of the same repository, with children or settings of its own. */
  MigratorWorker worker(Path folder, Duration deadline, ReadyChildren children, FlywayConfig settings) {
    return worker(repository.url(), deadline, children, folder.resolve("blobs"), settings);
  }

  private static MigratorWorker worker(String url, Duration deadline, ReadyChildren children, Path folder, FlywayConfig settings) {
    RepositoryConfig config = new RepositoryConfig(CloneFixture.SHOP, GitHostName.GITEA, "acme/shop", url, "main",
        List.of(),
        RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
            new StagingConfig("shop", Optional.empty())).with(settings);
    return new MigratorWorker(Map.of(CloneFixture.SHOP, new MigrationFiles(new JGitRepository(url), config)),
        new Databases(new Credentials(CloneFixture.CREDENTIALS), children, deadline), new FolderBlobs(folder), Clock.systemUTC());
  }

  /** A commit whose migrations are Staging's and the given pairs of name and text. */
  Commit commit(String... namesAndTexts) throws IOException {
    return bareCommit(tree(namesAndTexts).file("V1__base.sql", CloneFixture.BASE));
  }

  Commit bareCommit(SampleRepository.Tree tree) throws IOException {
    return repository.commit(BRANCH, tree);
  }

  SampleRepository.Tree tree(String... namesAndTexts) throws IOException {
    SampleRepository.Tree tree = repository.tree();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      tree.file(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return tree;
  }

  /** Hands the commit to the worker and keeps what it says of the schema. */
  Outcome push(CloneFixture clone, MemoryContext context, Commit commit) throws InterruptedException {
    return push(worker, clone, context, commit);
  }

  static Outcome push(MigratorWorker worker, CloneFixture clone, MemoryContext context, Commit commit) throws InterruptedException {
    Outcome outcome = handle(worker, clone.commitAccepted(commit), context);
    publication(outcome).facets().forEach(context::with);
    return outcome;
  }

  /** As the runtime does: what cannot pass is told by the worker. */
  static Outcome handle(MigratorWorker worker, Message message, MemoryContext context) throws InterruptedException {
    try {
      return worker.handle(message, context);
    } catch (Failure e) {
      if (e.kind().isTransient()) {
        throw e;
      }
      String reason = String.valueOf(e.getMessage());
      return new Outcome.Failed(reason, worker.failure(message, context, reason));
    }
  }

  static Publication publication(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done.publication();
      case Outcome.Failed failed -> failed.publication();
      case Outcome.Rejected _ -> Publication.NOTHING;
    };
  }

  static Schema schema(Outcome outcome) {
    assertThat(publication(outcome).facets()).singleElement().isInstanceOf(Schema.class);
    return (Schema) publication(outcome).facets().getFirst();
  }

  /** The failure of an outcome that failed, the same in facet and event. */
  static MigrationFailure failure(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    MigrationFailure failure = schema(outcome).failure().orElseThrow();
    assertThat(publication(outcome).events()).singleElement()
        .isInstanceOfSatisfying(LifecycleEvent.MigrationFailed.class, event -> assertThat(event.failure())
            .isEqualTo(failure));
    return failure;
  }

  static void assertSucceeded(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(schema(outcome).usable()).isTrue();
    assertThat(schema(outcome).failure()).isEmpty();
  }

  @Override
  public void close() {
    repository.close();
  }
}
