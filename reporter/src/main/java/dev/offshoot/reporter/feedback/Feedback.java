package dev.offshoot.reporter.feedback;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.Metrics;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.reporter.feedback.host.RestApi;
import dev.offshoot.reporter.feedback.host.RestLimits;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The feedback worker and all it needs. It has a group and a cursor of its own. */
public final class Feedback implements RunningWorker {
  private final WorkerRuntime runtime;
  private final HttpClient client;

  private Feedback(WorkerRuntime runtime, HttpClient client) {
    this.runtime = runtime;
    this.client = client;
  }

  /** Empty where no repository wants any. */
  public static Optional<Feedback> start(OffshootConfig config) {
    if (config.repositories().values().stream().allMatch(repository -> repository.feedback().isEmpty())) {
      return Optional.empty();
    }
    HttpClient client = RestApi.client(RestLimits.DEFAULT);
    FeedbackWorker worker = new FeedbackWorker(repositories(config, new GitHosts(client, RestLimits.DEFAULT)), Metrics.globalRegistry);
    return Optional.of(new Feedback(WorkerRuntime.start(worker, settings(config)), client));
  }

  /** A stop does not wait for a git host: whatever it was asked can be asked again. */
  private static WorkerSettings settings(OffshootConfig config) {
    WorkerSettings usual = WorkerSettings.of(config.kafka());
    return new WorkerSettings(usual.kafka(), usual.slot(), usual.lanes(), usual.backoff(), Duration.ofSeconds(1));
  }

  static Map<RepositoryKey, FeedbackWorker.Repository> repositories(OffshootConfig config, GitHosts hosts) {
    Map<RepositoryKey, FeedbackWorker.Repository> all = new HashMap<>();
    for (RepositoryConfig repository : config.repositories().values()) {
      hosts.of(repository).ifPresent(host -> repository.feedback().ifPresent(feedback -> all.put(repository.key(),
          new FeedbackWorker.Repository(repository.host().key(), new Teller(host, feedback.told()),
              new ReportLinks(feedback.reportUrl())))));
    }
    return all;
  }

  @Override
  public Health health() {
    return runtime.health();
  }

  @Override
  public void close() {
    runtime.close();
    client.shutdownNow();
  }
}
