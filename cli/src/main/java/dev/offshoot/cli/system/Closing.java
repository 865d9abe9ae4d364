package dev.offshoot.cli.system;

import java.util.ArrayDeque;
import java.util.Deque;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be closed at the end, the newest first, whoever ends it: the command itself or a signal in the middle of
 * the start.
 */
public final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /** A stack that is closed when the JVM is asked to end. */
  public static Closing atExit() {
    Closing closing = new Closing();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(closing::close));
    return closing;
  }

  /** Takes a thing into care; closes it at once when the end has already come. */
  public synchronized <T extends AutoCloseable> T add(T closeable) {
    if (closed) {
      close(closeable);
    } else {
      open.push(closeable);
    }
    return closeable;
  }

  /** Once closed, closing again waits for the first and does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      log().warn("{} did not stop in order", closeable.getClass().getSimpleName(), e);
    }
  }

  /** Made late: a logger made before the log file is set would write elsewhere. */
  private static Logger log() {
    return LoggerFactory.getLogger(Closing.class);
  }
}
