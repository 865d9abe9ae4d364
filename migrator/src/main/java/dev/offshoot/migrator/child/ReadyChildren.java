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
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Failure;

/**
 * Children that stand ready, and as many places for runs as are configured. A child that said itself what came of its run is kept for the next
 * one of the same repository, since a JVM's first run costs a second of the processor and a later one a fraction of that; never for another's.
 * Whatever else came of a run, its child is gone.
 */
public final class ReadyChildren implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyChildren.class);
  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration BEFORE_THE_NEXT = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofMinutes(2);
  /** A worker that starts has enough to do. */
  private static final Duration BEFORE_THE_ARCHIVE = Duration.ofSeconds(20);

  private final Processes settings;
  private volatile ChildJvm jvm;
  private final Semaphore places;
  private final Semaphore beside = new Semaphore(1, true);
  private final ConcurrentLinkedDeque<ChildProcess> ready = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<Used> used = new ConcurrentLinkedDeque<>();
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
    Optional<ClassArchive> archive = ClassArchive.of(children.jvm);
    archive.ifPresent(one -> children.jvm = one.applied());
    children.starter.execute(children::fill);
    archive.ifPresent(one -> children.later(BEFORE_THE_ARCHIVE, () -> children.archive(one)));
    return children;
  }

  /** Unless all is closed by then. */
  private void later(Duration pause, Runnable what) {
    var _ = starter.schedule(what, pause.toMillis(), TimeUnit.MILLISECONDS);
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
   * Has one work. Waits for a place.
   *
   * @param owner whose the run is: no child works for two
   * @throws Failure EXHAUSTED when no process can be started
   */
  public <T> T with(RepositoryKey owner, Work<T> work) throws InterruptedException {
    return at(places, () -> take(owner), owner, work);
  }

  /** The same for what no push is to wait for: in one place more than are configured, one at a time, in a child that no push waits for. */
  public <T> T beside(RepositoryKey owner, Work<T> work) throws InterruptedException {
    return at(beside, () -> up(started()), owner, work);
  }

  /** Has a child, somewhere. */
  @FunctionalInterface
  private interface Taking {
    ChildProcess take() throws InterruptedException;
  }

  private <T> T at(Semaphore free, Taking taking, RepositoryKey owner, Work<T> work) throws InterruptedException {
    free.acquire();
    try {
      ChildProcess child = taking.take();
      try {
        return work.with(child);
      } finally {
        giveBack(owner, child);
      }
    } finally {
      free.release();
    }
  }

  private void giveBack(RepositoryKey owner, ChildProcess child) {
    if (starter.isShutdown() || !child.mayServe(settings.runs())) {
      child.close();
      return;
    }
    int runs = child.runs();
    used.push(new Used(owner, child, runs));
    later(IDLE, () -> expire(child, runs));
  }

  private void expire(ChildProcess child, int runs) {
    if (used.size() > settings.ready() && used.removeIf(one -> one.child == child && one.runs == runs)) {
      child.hangUp();
    }
  }

  /** One that waits for the next run of its owner. */
  private record Used(RepositoryKey owner, ChildProcess child, int runs) {}

  /** What is done with a child. */
  @FunctionalInterface
  public interface Work<T> {
    T with(ChildProcess child) throws InterruptedException;
  }

  private ChildProcess take(RepositoryKey owner) throws InterruptedException {
    Optional<ChildProcess> known = usedBy(owner);
    return known.isPresent() ? known.get() : fresh();
  }

  private Optional<ChildProcess> usedBy(RepositoryKey owner) {
    for (Used one : used) {
      if (one.owner.equals(owner) && used.remove(one)) {
        if (one.child.isAlive()) {
          return Optional.of(one.child);
        }
        one.child.close();
      }
    }
    return Optional.empty();
  }

  private ChildProcess fresh() throws InterruptedException {
    ChildProcess child = standing().orElseGet(this::started);
    later(BEFORE_THE_NEXT, this::fill);
    return up(child);
  }

  private static ChildProcess up(ChildProcess child) throws InterruptedException {
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

  private void archive(ClassArchive archive) {
    try {
      jvm = archive.written();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  /** Ends those that stand ready or wait; those that run are their takers'. */
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
    for (Used one = used.poll(); one != null; one = used.poll()) {
      one.child.hangUp();
    }
    try {
      Files.deleteIfExists(jvm.folder());
    } catch (IOException e) {
      LOG.debug("The empty folder {} is left behind", jvm.folder(), e);
    }
  }
}
