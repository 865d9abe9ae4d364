package dev.offshoot.migrator.child;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The last of what a child writes to its error output; the rest is let go of, so that it never has to wait. */
final class ErrorTail {
  private static final int BYTES = 4_000;
  private static final Duration TO_DRAIN = Duration.ofSeconds(1);

  private final Thread reader;
  private final byte[] kept = new byte[BYTES];
  private long written;

  private ErrorTail(InputStream errors) {
    reader = Thread.ofPlatform().daemon().name("child-errors").start(() -> drain(errors));
  }

  static ErrorTail of(InputStream errors) {
    return new ErrorTail(errors);
  }

  private void drain(InputStream errors) {
    byte[] some = new byte[BYTES];
    try (errors) {
      for (int count = errors.read(some); count >= 0; count = errors.read(some)) {
        add(some, count);
      }
    } catch (IOException e) {
      add(new byte[0], 0); // it was killed
    }
  }

  private synchronized void add(byte[] some, int count) {
    for (int i = 0; i < count; i++) {
      kept[(int) (written++ % BYTES)] = some[i];
    }
  }

  /** Once the child has ended. */
  String read() throws InterruptedException {
    reader.join(TO_DRAIN);
    synchronized (this) {
      int length = (int) Math.min(written, BYTES);
      byte[] last = new byte[length];
      for (int i = 0; i < length; i++) {
        last[i] = kept[(int) ((written - length + i) % BYTES)];
      }
      return new String(last, StandardCharsets.UTF_8).strip();
    }
  }
}
