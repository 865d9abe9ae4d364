package dev.offshoot.reporter;

import java.time.Clock;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The reporter and all it needs. */
public final class Reporter implements RunningWorker {
  private final WorkerRuntime runtime;

  private Reporter(WorkerRuntime runtime) {
    this.runtime = runtime;
  }

  public static Reporter start(OffshootConfig config) {
    Topics.ensure(config.kafka());
    ReporterWorker worker = new ReporterWorker(
        new SchemaDifferences(new Credentials(config.credentials())), new FolderBlobs(config.blobs()),
            Clock.systemUTC());
    return new Reporter(WorkerRuntime.start(worker, WorkerSettings.of(config.kafka())));
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
