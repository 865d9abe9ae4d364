package dev.offshoot.cli.system;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.ingest.WebhookIngest;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.migrator.Migrator;
import dev.offshoot.provisioner.Provisioner;
import dev.offshoot.reporter.Reporter;
import dev.offshoot.sweeper.Sweeper;

/** The five workers, in the order they are started: those that answer before those that ask. */
public enum WorkerName {
  REPORTER,
  MIGRATOR,
  PROVISIONER,
  SWEEPER,
  WEBHOOK_INGEST;

  /** Starts it in this process; it may still be reading what is known when this returns. */
  public RunningWorker start(OffshootConfig config) {
    return switch (this) {
      case REPORTER -> Reporter.start(config);
      case MIGRATOR -> Migrator.start(config);
      case PROVISIONER -> Provisioner.start(config);
      case SWEEPER -> Sweeper.start(config);
      case WEBHOOK_INGEST -> WebhookIngest.start(config);
    };
  }

  /** The class that makes it and all it needs. */
  public Class<? extends AutoCloseable> graph() {
    return switch (this) {
      case REPORTER -> Reporter.class;
      case MIGRATOR -> Migrator.class;
      case PROVISIONER -> Provisioner.class;
      case SWEEPER -> Sweeper.class;
      case WEBHOOK_INGEST -> WebhookIngest.class;
    };
  }

  /** As it is written on the command line and in file names. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<WorkerName> labelled(String label) {
    return Arrays.stream(values()).filter(worker -> worker.label().equals(label)).findFirst();
  }
}
