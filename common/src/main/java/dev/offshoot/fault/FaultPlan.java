package dev.offshoot.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * What a process does at its fault points.
 *
 * <ul>
 * <li>{@code OFFSHOOT_FAULT=name#n}: at the n-th time (from 1) this point is reached in this process, act;
 * <li>{@code OFFSHOOT_FAULT_FILE=file}: the same, read from the file at every point, so that a process can be armed while it runs; the
 *     counts start again when the text changes;
 * <li>{@code OFFSHOOT_FAULT_ACTION}: {@code halt} (the default: the process ends with status 137, as by kill -9, nothing is closed) or
 *     {@code hang} (the thread never goes on; whoever waits for the mark can stop or kill the process there);
 * <li>{@code OFFSHOOT_FAULT_MARKS=file}: every point reached is appended as a line {@code name#n}, the one acted on as {@code ! name#n}.
 * </ul>
 */
final class FaultPlan {
  private static final int HALTED = 137;

  private final Optional<Path> orders;
  private final Action action;
  private final Optional<Path> marks;
  private final Map<String, Integer> counts = new HashMap<>();
  private String armed;

  private enum Action {
    HALT,
    HANG
  }

  private FaultPlan(String armed, Optional<Path> orders, Action action, Optional<Path> marks) {
    this.armed = armed;
    this.orders = orders;
    this.action = action;
    this.marks = marks;
  }

  static FaultPlan of(Map<String, String> environment) {
    return new FaultPlan(
        environment.getOrDefault("OFFSHOOT_FAULT", ""),
        file(environment, "OFFSHOOT_FAULT_FILE"),
        "hang".equals(environment.get("OFFSHOOT_FAULT_ACTION")) ? Action.HANG : Action.HALT,
        file(environment, "OFFSHOOT_FAULT_MARKS"));
  }

  private static Optional<Path> file(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).map(Path::of);
  }

  void reached(String name) {
    boolean off = armed.isEmpty() && orders.isEmpty() && marks.isEmpty();
    if (!off && counted(name)) {
      act();
    }
  }

  /** Counts and marks; whether this is the time to act. */
  private synchronized boolean counted(String name) {
    orders.map(FaultPlan::order).filter(order -> !order.equals(armed)).ifPresent(order -> {
      armed = order;
      counts.clear();
    });
    String time = name + "#" + counts.merge(name, 1, Integer::sum);
    boolean acts = time.equals(armed);
    marks.ifPresent(file -> mark(file, acts ? "! " + time : time));
    return acts;
  }

  private static String order(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("The fault that is wanted cannot be read from " + file, e);
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

  private static void mark(Path file, String line) {
    try {
      Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The fault points reached cannot be written to " + file, e);
    }
  }
}
