package dev.offshoot.proof.drive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.offshoot.cli.system.WorkerName;

/** What each worker came past in each step of a life without faults, and how often. */
final class Recording {
  private final Map<Step, Map<WorkerName, Map<String, Integer>>> passed = new EnumMap<>(Step.class);
  private final Map<WorkerName, Integer> seen = new EnumMap<>(WorkerName.class);

  /** Adds what was come past since the last step. */
  void add(Step step, Ground ground) {
    Map<WorkerName, Map<String, Integer>> ofStep = passed.computeIfAbsent(step, _ -> new EnumMap<>(WorkerName.class));
    for (WorkerName worker : WorkerName.values()) {
      List<String> marks = ground.worker(worker).passed(seen.getOrDefault(worker, 0));
      seen.merge(worker, marks.size(), Integer::sum);
      Map<String, Integer> counts = ofStep.computeIfAbsent(worker, _ -> new LinkedHashMap<>());
      marks.forEach(mark -> counts.merge(mark.substring(0, mark.lastIndexOf('#')), 1, Integer::sum));
    }
  }

  /** Forgets what was come past so far. */
  void skip(Ground ground) {
    for (WorkerName worker : WorkerName.values()) {
      seen.merge(worker, ground.worker(worker).passed(seen.getOrDefault(worker, 0)).size(), Integer::sum);
    }
  }

  Set<String> points() {
    Set<String> points = new TreeSet<>();
    passed.values().forEach(workers -> workers.values().forEach(counts -> points.addAll(counts.keySet())));
    return points;
  }

  /** In the order of the steps: each point in the first step of each kind of walk that comes past it. */
  List<Cell> cells(Wanted wanted) {
    List<Cell> cells = new ArrayList<>();
    Set<List<Object>> tried = new HashSet<>();
    passed.forEach((step, workers) -> workers.forEach((worker, counts) -> counts.forEach((point, count) -> {
      if (wanted.includes(new Cell(worker, point, step, 1)) && (tried.add(List.of(worker, point, step.walk())) || wanted.everyStep())) {
        for (int time = 1; time <= Math.min(count, wanted.times()); time++) {
          cells.add(new Cell(worker, point, step, time));
        }
      }
    })));
    return cells;
  }

  /** The same point in the next step that comes past it, of the next life after the last: what depends on timing is not come past each time. */
  Cell again(Cell missed) {
    List<Step> steps = passed.entrySet().stream()
        .filter(of -> of.getValue().getOrDefault(missed.worker(), Map.of()).containsKey(missed.point())).map(Map.Entry::getKey).toList();
    Step next = steps.stream().filter(step -> step.compareTo(missed.step()) > 0).findFirst()
        .orElse(steps.isEmpty() ? missed.step() : steps.getFirst());
    return new Cell(missed.worker(), missed.point(), next, 1);
  }
}
