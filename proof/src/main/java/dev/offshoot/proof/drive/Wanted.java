package dev.offshoot.proof.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.offshoot.cli.system.WorkerName;

/**
 * Which part of the matrix is wanted.
 *
 * @param points patterns with {@code *}; one of them must match a point's name
 * @param workers their labels; empty for all
 * @param steps their labels; empty for all
 * @param everyStep a point is tried in every step it is come past, otherwise in the first such step of each walk only
 * @param times how many times of coming past a point within a step are tried, one after the other
 */
public record Wanted(List<String> points, List<String> workers, List<String> steps, boolean everyStep, int times) {
  public Wanted {
    points = List.copyOf(points);
    workers = List.copyOf(workers);
    steps = List.copyOf(steps);
  }

  /** From the system properties {@code prove.points}, {@code .workers}, {@code .steps}, {@code .everyStep}, {@code .times}. */
  public static Wanted ofProperties() {
    return new Wanted(list("prove.points"), list("prove.workers"), list("prove.steps"), Boolean.getBoolean("prove.everyStep"),
        Integer.getInteger("prove.times", 1));
  }

  private static List<String> list(String property) {
    return Stream.of(System.getProperty(property, "").split(",", -1)).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  /** What was asked for and is not there, for a person to read; a wish that nothing can meet would be a run without a cell. */
  List<String> mistakes(Set<String> known) {
    List<String> mistakes = new ArrayList<>();
    points.stream().filter(pattern -> known.stream().noneMatch(point -> matches(pattern, point)))
        .forEach(pattern -> mistakes.add(mistake("point", pattern, known.stream().sorted().toList())));
    List<String> all = Stream.of(WorkerName.values()).map(WorkerName::label).toList();
    workers.stream().filter(label -> !all.contains(label)).forEach(label -> mistakes.add(mistake("worker", label, all)));
    List<String> life = Stream.of(Step.values()).map(Step::label).toList();
    steps.stream().filter(label -> !life.contains(label)).forEach(label -> mistakes.add(mistake("step", label, life)));
    return List.copyOf(mistakes);
  }

  private static String mistake(String kind, String asked, List<String> known) {
    return "-Dprove." + kind + "s: there is no " + kind + " '" + asked + "'; known: " + String.join(", ", known);
  }

  /** Whether nothing is left out, so that a point that no step comes past is a failure. */
  boolean isAll() {
    return points.isEmpty() && workers.isEmpty() && steps.isEmpty();
  }

  boolean includes(Cell cell) {
    return (workers.isEmpty() || workers.contains(cell.worker().label()))
        && (steps.isEmpty() || steps.contains(cell.step().label()))
        && includes(cell.point());
  }

  boolean includes(String point) {
    return points.isEmpty() || points.stream().anyMatch(pattern -> matches(pattern, point));
  }

  static boolean matches(String pattern, String point) {
    return Pattern.matches(Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).reduce((a, b) -> a + ".*" + b).orElse(""), point);
  }
}
