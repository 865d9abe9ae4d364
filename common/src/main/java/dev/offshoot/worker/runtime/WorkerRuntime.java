package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Metrics;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.management.Health;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.StateCodec;
import dev.offshoot.wire.Topic;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Worker;

/**
 * Runs a {@link Worker} until closed.
 *
 * <p>Promises: messages of an environment are handled one at a time and in order; outcome and offset become visible together or not at
 * all; whatever goes wrong with Kafka ends the session and starts a new one that reads again.
 */
public final class WorkerRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRuntime.class);

  private final Worker worker;
  private final WorkerSettings settings;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final Vitals vitals;
  private volatile @Nullable Session session;

  private WorkerRuntime(Worker worker, WorkerSettings settings) {
    this.worker = worker;
    this.settings = settings;
    this.thread = Thread.ofPlatform().name(worker.name()).unstarted(this::keepRunning);
    this.vitals = new Vitals(
        new Pulse(System::nanoTime, () -> thread.getState() == Thread.State.NEW || thread.isAlive()),
        new RuntimeMetrics(worker.name(), Metrics.globalRegistry));
  }

  /** Starts a worker; the topics must stand. Returns at once: see {@link #awaitReady}. */
  public static WorkerRuntime start(Worker worker, WorkerSettings settings) {
    WorkerRuntime runtime = new WorkerRuntime(worker, settings);
    runtime.thread.start();
    return runtime;
  }

  /** Waits until partitions were assigned for the first time; false when that took longer than the patience. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What the poll thread says of itself. */
  public Health health() {
    return vitals.pulse();
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  private void keepRunning() {
    int failures = 0;
    while (!stopping()) {
      long started = System.nanoTime();
      try {
        runSession();
      } catch (RuntimeException | Error e) {
        vitals.metrics().restarted();
        vitals.pulse().waiting("the session ended in doubt and is started again: " + e);
        failures = System.nanoTime() - started > TimeUnit.MINUTES.toNanos(1) ? 1 : failures + 1;
        LOG.atError().addKeyValue("worker", worker.name()).setCause(e).log("The session ended in doubt; starting again");
        pause(settings.backoff().after(failures, ThreadLocalRandom.current()));
      } catch (InterruptedException _) {
        LOG.atInfo().addKeyValue("worker", worker.name()).log("Interrupted");
        return;
      }
    }
  }

  private void runSession() throws InterruptedException {
    Topic topic = switch (worker.reads()) {
      case REQUESTS -> Topic.REQUESTS;
      case ENVIRONMENTS -> Topic.ENVIRONMENTS;
    };
    String topicId = topicId(topic);
    Session.Clients clients = Session.Clients.open(worker, topic.topicName(), settings);
    Scribe scribe = new Scribe(worker.name(), topicId, clients.table(),
        new Scribe.Codecs(new EventCodec(settings.kafka()), new StateCodec(settings.kafka())), settings.clock());
    Dispatcher dispatcher = new Dispatcher(new Intake(worker, settings.kafka()), scribe, clients.table());
    try (Session opened = new Session(worker, settings, clients, dispatcher, vitals)) {
      session = opened;
      opened.run(this::stopping, ready::countDown);
    } finally {
      session = null;
    }
  }

  private String topicId(Topic topic) throws InterruptedException {
    try (Admin admin = KafkaClients.admin(settings.kafka())) {
      return admin.describeTopics(List.of(topic.topicName())).allTopicNames().get().values().iterator().next().topicId()
          .toString();
    } catch (ExecutionException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Topic " + topic.topicName() + " could not be described", e);
    }
  }

  private void pause(Duration duration) {
    try {
      if (stop.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops gracefully: running handlers may end within the grace period, what does not is delivered again. */
  @Override
  public void close() {
    vitals.pulse().stopping();
    stop.countDown();
    Session running = session;
    if (running != null) {
      running.wakeup();
    }
    try {
      if (!thread.join(settings.grace().plusSeconds(20))) {
        LOG.atError().addKeyValue("worker", worker.name()).log("The worker did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      vitals.metrics().close();
    }
  }
}
