package dev.offshoot.proof.drive;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import dev.offshoot.wire.Json;

/** Tells of each cell as it is done, on the screen and as a line of JSON in a file, and of all of them at the end. */
final class Protocol {
  private final PrintStream screen;
  private final Path lines;
  private final List<Result> results = new ArrayList<>();
  private int cells;

  Protocol(PrintStream screen, Path lines) throws IOException {
    this.screen = screen;
    this.lines = lines;
    Files.writeString(lines, "");
  }

  /** So many more are to come. */
  void expect(int more) {
    cells += more;
  }

  void add(Result result) {
    results.add(result);
    screen.printf(Locale.ROOT, "[%3d/%d] %-62s %s%n", results.size(), cells, result.cell(), outcome(result));
    result.problems().forEach(problem -> screen.println("          " + problem));
    screen.flush();
    try {
      Files.writeString(lines, json(result) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The result cannot be kept in " + lines, e);
    }
  }

  private static String outcome(Result result) {
    if (!result.killed()) {
      return "NOT KILLED";
    }
    String recovered = String.format(Locale.ROOT, "killed, recovered in %.1f s", result.recovery().toMillis() / 1000.0);
    return result.problems().isEmpty() ? recovered : recovered + ", VIOLATIONS: " + result.problems().size();
  }

  private static String json(Result result) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("worker", result.cell().worker().label());
    line.put("point", result.cell().point());
    line.put("time", result.cell().time());
    line.put("step", result.cell().step().label());
    line.put("killed", result.killed());
    line.put("recoveryMillis", result.recovery().toMillis());
    line.put("violations", result.problems());
    return Json.mapper().writeValueAsString(line);
  }

  boolean isEmpty() {
    return results.isEmpty();
  }

  boolean clean() {
    return results.stream().allMatch(Result::clean);
  }

  /** Markdown, one row for each worker. */
  String table() {
    StringBuilder text = new StringBuilder("""
        | worker | points | kills | violations | recovered, median | p99 | longest |
        |---|---|---|---|---|---|---|
        """);
    Map<String, List<Result>> byWorker = new TreeMap<>();
    results.forEach(result -> byWorker.computeIfAbsent(result.cell().worker().label(), _ -> new ArrayList<>()).add(result));
    byWorker.forEach((worker, of) -> text.append(row(worker, of)));
    return text.append(row("**all**", results)).toString();
  }

  private static String row(String title, Collection<Result> of) {
    long[] millis = of.stream().filter(Result::killed).mapToLong(result -> result.recovery().toMillis()).sorted().toArray();
    return String.format(Locale.ROOT, "| %s | %d | %d | %d | %s | %s | %s |%n", title,
        of.stream().map(result -> result.cell().point()).distinct().count(), millis.length,
        of.stream().mapToInt(result -> result.problems().size()).sum(),
        seconds(millis, 0.5), seconds(millis, 0.99), seconds(millis, 1));
  }

  private static String seconds(long[] sorted, double share) {
    return sorted.length == 0 ? "-"
        : String.format(Locale.ROOT, "%.1f s", LongStream.of(sorted).skip((long) Math.ceil(share * sorted.length) - 1).findFirst().orElse(0)
            / 1000.0);
  }
}
