package dev.offshoot.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times in milliseconds, by what took them, in the order first seen. */
final class Samples {
  private final Map<String, List<Double>> byName = new LinkedHashMap<>();

  void add(String name, long nanos) {
    byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(nanos / 1e6);
  }

  /** As rows of a Markdown table: median, least, most, and how many. */
  String table(String title) {
    StringBuilder text = new StringBuilder("| " + title + " | median ms | least | most | n |\n|---|---|---|---|---|\n");
    byName.forEach((name, times) -> {
      List<Double> sorted = new ArrayList<>(times);
      Collections.sort(sorted);
      text.append(String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.0f | %d |%n", name,
          sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast(), sorted.size()));
    });
    return text.toString();
  }
}
