package dev.offshoot.provisioner.postgres.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.worker.Failure;

/**
 * The administrator's sessions in the administrators' database. Some are kept between two uses, since a login takes longer than most of
 * what is done in one. They see the catalogue, never what is in an environment's database.
 *
 * <p>Law: who gets one finds it as if it were new: no setting, lock or transaction of who had it before. One in which a statement has
 * failed is not kept.
 */
public final class AdminSessions implements AutoCloseable {
  /** What a session that nobody uses is called. */
  private static final String NOBODY = "idle";
  private static final int FEW = 4;
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final PostgresConfig server;
  private final int most;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean closed;

  private AdminSessions(PostgresConfig server, int most) {
    this.server = server;
    this.most = most;
  }

  private record Kept(AdminSession session, long since) {}

  /** Keeps a few until it is closed. */
  public static AdminSessions keeping(PostgresConfig server) {
    return new AdminSessions(server, FEW);
  }

  /** Keeps none, so that there is nothing to be closed. */
  public static AdminSessions each(PostgresConfig server) {
    return new AdminSessions(server, 0);
  }

  public PostgresConfig server() {
    return server;
  }

  /** @param purpose seen by people in {@code application_name} */
  public AdminSession open(String purpose) {
    return begun(session -> session.call(purpose));
  }

  /**
   * The one session that may work on a resource: ends those of older attempts, which may be zombies, and holds the
   * resource's lock until it is closed.
   */
  public AdminSession workingOn(String resource) {
    return begun(session -> session.takeOver(resource));
  }

  private AdminSession begun(Consumer<AdminSession> beginning) {
    for (Optional<AdminSession> one = take(); one.isPresent(); one = take()) {
      try {
        beginning.accept(one.get());
        return one.get();
      } catch (Failure dead) {
        // a new one tells what is really wrong
        one.get().end();
      }
    }
    AdminSession session = AdminSession.openKept(server, NOBODY, this);
    try {
      beginning.accept(session);
      return session;
    } catch (RuntimeException e) {
      session.end();
      throw e;
    }
  }

  private synchronized Optional<AdminSession> take() {
    dropStale();
    return Optional.ofNullable(kept.pollFirst()).map(Kept::session);
  }

  /** It is as new. */
  void giveBack(AdminSession session) {
    if (!isKept(session)) {
      session.end();
    }
  }

  private synchronized boolean isKept(AdminSession session) {
    dropStale();
    boolean room = !closed && kept.size() < most;
    if (room) {
      kept.addFirst(new Kept(session, System.nanoTime()));
    }
    return room;
  }

  private void dropStale() {
    while (!kept.isEmpty() && System.nanoTime() - kept.getLast().since() > FRESH.toNanos()) {
      kept.removeLast().session().end();
    }
  }

  /** Those that are in use end when they are given back. */
  @Override
  public synchronized void close() {
    closed = true;
    kept.forEach(one -> one.session().end());
    kept.clear();
  }
}
