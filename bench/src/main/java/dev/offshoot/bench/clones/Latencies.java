package dev.offshoot.bench.clones;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times of one kind. */
final class Latencies {
  private final List<Double> millis = new ArrayList<>();

  synchronized void add(long nanos) {
    millis.add(nanos / 1e6);
  }

  double median() {
    return at(0.5);
  }

  private synchronized double at(double part) {
    List<Double> sorted = millis.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * part)));
  }

  /** As cells of a Markdown table: median, 99th percentile, most, how many. */
  synchronized String cells() {
    return String.format(Locale.ROOT, "%.2f | %.2f | %.2f | %d", median(), at(0.99), at(1), millis.size());
  }
}
