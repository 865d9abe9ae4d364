package dev.offshoot.migrator.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.WorkersConfig.Processes;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Failure;

/**
 * Children that stand ready, and as many places for runs as are configured. Another child is started a moment after one was taken: then
 * most migrations are over, and do not share the processor with its start.
 */
public final class ReadyChildren implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyChildren.class);
  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration BEFORE_THE_NEXT = Duration.ofMillis(500);

  private final Processes settings;
  private final ChildJvm jvm;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<ChildProcess> ready = new ConcurrentLinkedDeque<>();
  private final ScheduledThreadPoolExecutor starter = new ScheduledThreadPoolExecutor(
      1, Thread.ofPlatform().daemon().name("child-starter").factory(), new ThreadPoolExecutor.DiscardPolicy());

  private ReadyChildren(Processes settings, ChildJvm jvm) {
    this.settings = settings;
    this.jvm = jvm;
    this.places = new Semaphore(settings.most(), true);
  }

  /** Starts as many as are to stand ready, and does not wait for them. */
  public static ReadyChildren start(Processes settings) {
    ReadyChildren children = new ReadyChildren(settings, ChildJvm.likeThis(settings.megabytes(), emptyFolder()));
    children.starter.execute(children::fill);
    return children;
  }

  private static Path emptyFolder() {
    try {
      Path folder = Files.createTempDirectory("offshoot-empty-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for the processes that run migrations can be made", e);
    }
  }

  /** How much memory a run may have. */
  public int megabytes() {
    return settings.megabytes();
  }

  /**
   * Has one work that is gone afterwards. Waits for a place.
   *
   * @throws Failure EXHAUSTED when no process can be started
   */
  public <T> T with(Work<T> work) throws InterruptedException {
    places.acquire();
    try (ChildProcess child = take()) {
      return work.with(child);
    } finally {
      places.release();
    }
  }

  /** What is done with a child. */
  @FunctionalInterface
  public interface Work<T> {
    T with(ChildProcess child) throws InterruptedException;
  }

  private ChildProcess take() throws InterruptedException {
    ChildProcess child = standing().orElseGet(this::started);
    starter.schedule(this::fill, BEFORE_THE_NEXT.toMillis(), TimeUnit.MILLISECONDS);
    boolean up = false;
    try {
      up = child.isReadyWithin(TO_START);
    } finally {
      if (!up) {
        child.close();
      }
    }
    if (up) {
      return child;
    }
    throw new Failure(Failure.Kind.EXHAUSTED, "The process for the migrations does not come up: " + SafeText.line(child.trouble()));
  }

  private Optional<ChildProcess> standing() {
    for (ChildProcess child = ready.poll(); child != null; child = ready.poll()) {
      if (child.isAlive()) {
        return Optional.of(child);
      }
      LOG.warn("A process that stood ready for migrations has ended: {}", SafeText.line(child.trouble()));
      child.close();
    }
    return Optional.empty();
  }

  private ChildProcess started() {
    try {
      return ChildProcess.start(jvm);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.EXHAUSTED, "No process for the migrations can be started: " + e.getMessage(), e);
    }
  }

  private void fill() {
    try {
      while (ready.size() < settings.ready()) {
        ready.add(ChildProcess.start(jvm));
      }
    } catch (IOException e) {
      LOG.warn("No process can be kept ready for migrations: {}", e.getMessage());
    }
  }

  /** Ends those that stand ready; those that run are their takers'. */
  @Override
  public void close() {
    starter.shutdownNow();
    try {
      starter.awaitTermination(TO_START.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (ChildProcess child = ready.poll(); child != null; child = ready.poll()) {
      child.hangUp();
    }
    try {
      Files.deleteIfExists(jvm.folder());
    } catch (IOException e) {
      LOG.debug("The empty folder {} is left behind", jvm.folder(), e);
    }
  }
}
