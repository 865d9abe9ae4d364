package dev.offshoot.bench.hop;

import java.util.Arrays;
import java.util.Locale;

/** What many times of one kind come to, in milliseconds. */
public record Latencies(double median, double p99, double most) {

  public static Latencies of(long[] nanos) {
    double[] sorted = Arrays.stream(nanos).mapToDouble(time -> time / 1e6).sorted().toArray();
    return new Latencies(sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length - 1]);
  }

  /** As cells of a Markdown table. */
  public String cells() {
    return String.format(Locale.ROOT, "%.1f | %.1f | %.1f", median, p99, most);
  }
}
