package dev.offshoot.migrator.watch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.offshoot.migrator.text.SafeText;

/**
 * Has the second session look at the migrating one while a statement runs: every 10 ms in its first second, then ever more seldom, so that
 * a long run is not burdened. A statement that is over before the first look costs nothing.
 */
final class Sampler implements AutoCloseable {
  static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMillis(500);
  /** Of a statement's age. */
  private static final int SHARE = 100;

  private final SecondSession session;
  private final Stopwatch time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Target> target = Optional.empty();
  private Optional<String> trouble = Optional.empty();
  private final AtomicLong samples = new AtomicLong();
  private boolean closed;

  Sampler(SecondSession session, Stopwatch time) {
    this.session = session;
    this.time = time;
  }

  /** Looks until {@link #close}. */
  void run() {
    try {
      for (Optional<Target> due = nextDue(); due.isPresent(); due = nextDue()) {
        look(due.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException e) {
      lock.lock();
      try {
        trouble = Optional.of("the sampling session ended: " + SafeText.line(String.valueOf(e.getMessage())));
      } finally {
        lock.unlock();
      }
    }
  }

  private Optional<Target> nextDue() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Optional<Target> waitingFor = target;
        if (waitingFor.isEmpty()) {
          changed.await();
        } else if (!changed.await(pause(waitingFor.get()).toNanos(), TimeUnit.NANOSECONDS) && target.equals(waitingFor)) {
          return waitingFor;
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Duration pause(Target one) {
    Duration share = time.now().minus(one.began).dividedBy(SHARE);
    return share.compareTo(SHORTEST) < 0 ? SHORTEST : share.compareTo(LONGEST) > 0 ? LONGEST : share;
  }

  private void look(Target one) throws SQLException {
    Sample sample = session.sample(one.backend);
    Duration now = time.now();
    one.seen.add(sample, now, one.last);
    one.last = now;
    samples.incrementAndGet();
  }

  /** From now on looks at this session. */
  SeenWhileRunning watch(int backend) {
    SeenWhileRunning seen = new SeenWhileRunning();
    set(Optional.of(new Target(backend, seen, time.now())));
    return seen;
  }

  void rest() {
    lock.lock();
    try {
      target.ifPresent(one -> one.seen.end());
    } finally {
      lock.unlock();
    }
    set(Optional.empty());
  }

  private void set(Optional<Target> next) {
    lock.lock();
    try {
      target = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing is sampled any more. */
  Optional<String> trouble() {
    lock.lock();
    try {
      return trouble;
    } finally {
      lock.unlock();
    }
  }

  long samples() {
    return samples.get();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A running statement; its last look is the sampler's thread's own. */
  private static final class Target {
    private final int backend;
    private final SeenWhileRunning seen;
    private final Duration began;
    private Duration last;

    Target(int backend, SeenWhileRunning seen, Duration began) {
      this.backend = backend;
      this.seen = seen;
      this.began = began;
      this.last = began;
    }
  }
}
