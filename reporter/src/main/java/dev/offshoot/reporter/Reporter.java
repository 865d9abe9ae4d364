package dev.offshoot.reporter;

import java.time.Clock;
import java.util.Optional;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.reporter.feedback.Feedback;
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
    ReporterWorker worker = new ReporterWorker(
        new SchemaDifferences(new Credentials(config.credentials())), new FolderBlobs(config.blobs()),
            Clock.systemUTC());
    return new Reporter(WorkerRuntime.start(worker, WorkerSettings.of(config.kafka())), Feedback.start(config));
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
