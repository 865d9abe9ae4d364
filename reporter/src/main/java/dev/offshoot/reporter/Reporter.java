package dev.offshoot.reporter;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.blob.Blobs;
import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.config.ReportPolicy;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.reporter.clone.CloneInspection;
import dev.offshoot.reporter.feedback.Feedback;
import dev.offshoot.reporter.source.MigrationSources;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The reporter and all it needs, and beside it feedback to the git hosts, where any is configured. */
public final class Reporter implements RunningWorker {
  private final WorkerRuntime runtime;
  private final Optional<Feedback> feedback;

  private Reporter(WorkerRuntime runtime, Optional<Feedback> feedback) {
    this.runtime = runtime;
    this.feedback = feedback;
  }

  public static Reporter start(OffshootConfig config) {
    Topics.ensure(config.kafka());
    JGitRepository.removeLeftovers(Clock.systemUTC());
    ReporterWorker worker = worker(config, new FolderBlobs(config.blobs()), Clock.systemUTC());
    return new Reporter(WorkerRuntime.start(worker, WorkerSettings.of(config.kafka())), Feedback.start(config));
  }

  private static ReporterWorker worker(OffshootConfig config, Blobs kept, Clock clock) {
    ReportBlobs blobs = new ReportBlobs(kept);
    Map<RepositoryKey, Rehearse> rehearsed = config.repositories().values().stream()
        .filter(repository -> repository.production().isPresent())
        .collect(Collectors.toMap(RepositoryConfig::key, repository -> repository.production().orElseThrow().rehearse()));
    CloneInspection clone = new CloneInspection(new Credentials(config.credentials()), config.repositories().values().stream()
        .collect(Collectors.toMap(RepositoryConfig::key, RepositoryConfig::flyway)));
    Histories histories = new Histories(clone, blobs, Optional.of(config.stores().postgres()), rehearsed.keySet());
    Gathering gathering = new Gathering(clone,
        MigrationSources.of(config.repositories(), repository -> new JGitRepository(repository.url())), blobs, histories, rehearsed);
    Map<RepositoryKey, ReportPolicy> policies = config.repositories().values().stream()
        .collect(Collectors.toMap(RepositoryConfig::key, RepositoryConfig::report));
    return new ReporterWorker(gathering, blobs, histories, new Reminding(blobs, histories, policies), clock);
  }

  public WorkerRuntime runtime() {
    return runtime;
  }

  @Override
  public Health health() {
    return feedback.<Health>map(beside -> new BothHealths(runtime.health(), beside.health())).orElseGet(runtime::health);
  }

  @Override
  public void close() {
    feedback.ifPresent(Feedback::close);
    runtime.close();
  }
}
