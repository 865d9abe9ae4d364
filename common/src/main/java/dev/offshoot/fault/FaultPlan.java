package dev.offshoot.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * What a process does at its fault points.
 *
 * <ul>
 * <li>{@code OFFSHOOT_FAULT=name#n}: at the n-th time (from 1) this point is reached in this process, act;
 * <li>{@code OFFSHOOT_FAULT_ACTION}: {@code halt} (the default: the process ends with status 137, as by kill -9, nothing is closed) or
 *     {@code hang} (the thread never goes on; whoever waits for the mark can stop or kill the process there);
 * <li>{@code OFFSHOOT_FAULT_MARKS=file}: every point reached is appended as a line {@code name#n}, the one acted on as {@code ! name#n}.
 * </ul>
 */
final class FaultPlan {
  private static final int HALTED = 137;

  private final @Nullable String armed;
  private final Action action;
  private final Optional<Path> marks;
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  private enum Action {
    HALT,
    HANG
  }

  private FaultPlan(@Nullable String armed, Action action, Optional<Path> marks) {
    this.armed = armed;
    this.action = action;
    this.marks = marks;
  }

  static FaultPlan of(Map<String, String> environment) {
    return new FaultPlan(
        environment.get("OFFSHOOT_FAULT"),
        "hang".equals(environment.get("OFFSHOOT_FAULT_ACTION")) ? Action.HANG : Action.HALT,
        Optional.ofNullable(environment.get("OFFSHOOT_FAULT_MARKS")).map(Path::of));
  }

  void reached(String name) {
    if (armed == null && marks.isEmpty()) {
      return;
    }
    String time = name + "#" + counts.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
    boolean acts = time.equals(armed);
    marks.ifPresent(file -> mark(file, acts ? "! " + time : time));
    if (acts) {
      act();
    }
  }

  private void act() {
    switch (action) {
      case HALT -> Runtime.getRuntime().halt(HALTED);
      case HANG -> hang();
    }
  }

  private static void hang() {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException _) {
        Thread.onSpinWait(); // a thread that hangs does not hear that it was cancelled
      }
    }
  }

  private static synchronized void mark(Path file, String line) {
    try {
      Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The fault points reached cannot be written to " + file, e);
    }
  }
}
