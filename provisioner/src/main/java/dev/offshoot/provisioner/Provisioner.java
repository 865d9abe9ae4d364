package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.provisioner.postgres.server.StatementDeadline;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The running provisioner: its stores, its worker. */
public final class Provisioner implements RunningWorker {
  private final WorkerRuntime runtime;
  private final AutoCloseable stores;
  private final StatementDeadline deadline;

  private Provisioner(WorkerRuntime runtime, AutoCloseable stores, StatementDeadline deadline) {
    this.runtime = runtime;
    this.stores = stores;
    this.deadline = deadline;
  }

  /** Brings back what ran, declares every configured repository's Staging and Production to itself, and takes requests. */
  public static Provisioner start(OffshootConfig config) {
    Clock clock = Clock.systemUTC();
    ConfiguredStores configured = ConfiguredStores.of(config, clock);
    FaultPoint.at("provisioner.revive.before");
    configured.revive();
    FaultPoint.at("provisioner.revive.after");
    ProvisionerWorker worker = new ProvisionerWorker(
        new ProvisionerWorker.Rules(config.repositories(), config.workers().sweep().idleAfter(),
            new ProvisionerWorker.Retention(config.stores().epochRetention(), config.stores().backupRetention()),
            config.workers().reconcile().brake()),
        new Tips(repository -> new JGitRepository(repository.url())), configured.stores(),
        new Credentials(config.credentials()).keyId(), clock);
    Topics.ensure(config.kafka());
    FaultPoint.at("provisioner.declare.before");
    declare(config, clock);
    FaultPoint.at("provisioner.declare.after");
    configured.warmUp();
    return new Provisioner(
        WorkerRuntime.start(worker, WorkerSettings.of(config.kafka())), configured,
        StatementDeadline.watch(config.stores().postgres(), statementDeadline(config)));
  }

  /** The migrator's sessions are the environments' too, and it ends them itself. */
  private static Duration statementDeadline(OffshootConfig config) {
    Duration migrations = config.workers().migrate().deadline().plusMinutes(1);
    Duration longest = config.stores().postgres().limits().statement();
    return longest.compareTo(migrations) < 0 ? migrations : longest;
  }

  private static void declare(OffshootConfig config, Clock clock) {
    try (EventPublisher publisher = EventPublisher.open(config.kafka())) {
      CompletableFuture<?>[] declared = config.repositories().values().stream()
          .flatMap(Provisioner::declared).map(origin -> publisher.publish(declaration(origin, clock)))
          .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(declared).join();
    }
  }

  private static Stream<Origin> declared(RepositoryConfig repository) {
    return Stream.concat(Stream.of(Origin.staging(repository.key(), repository.defaultBranch())),
        repository.production().map(_ -> Origin.production(repository.key(), repository.defaultBranch())).stream());
  }

  private static Message declaration(Origin origin, Clock clock) {
    return Message.first(EventId.random(), EventSource.worker(ProvisionerWorker.NAME), clock.instant(), new Request.Declared(origin));
  }

  /** Whether the worker had its partitions assigned within the time. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    return runtime.awaitReady(patience);
  }

  @Override
  public Health health() {
    return runtime.health();
  }

  /** The environments' Redis servers go on; the next start finds them again. */
  @Override
  public void close() throws Exception {
    try (stores; deadline) {
      runtime.close();
    }
  }
}
