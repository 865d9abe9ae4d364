package dev.offshoot.proof.drive;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.proof.check.Checker;
import dev.offshoot.proof.check.Violation;

/**
 * Tries cells on a ground. Each life carries cells in each of its steps, and ends with both branches deleted; after each step
 * the checker looks at everything there is, also at what earlier lives have left.
 */
public final class Matrix {
  private static final Duration FOR_DEATH = Duration.ofSeconds(15);
  private static final Duration FOR_QUIET = Duration.ofSeconds(30);
  private static final int LIVES_IN_VAIN = 3;
  private static final int TRIES = 6;

  private final Ground ground;
  private final Checker checker;
  private final Set<String> known = new HashSet<>();
  private final Map<String, Integer> missed = new HashMap<>();
  private final boolean together;
  private final Recording recording = new Recording();
  private int lives;

  /** @param together whether in each step one cell for each worker is tried, so that several die; otherwise one alone */
  public Matrix(Ground ground, boolean together) {
    this.ground = ground;
    this.together = together;
    this.checker = new Checker(ground.world());
  }

  /** A life without faults, in which the checker must find nothing. */
  Recording record(Consumer<Result> results) throws InterruptedException {
    Life life = new Life(ground, lives++);
    recording.skip(ground);
    for (Step step : Step.values()) {
      life.begin(step, EnumSet.allOf(WorkerName.class));
      life.awaitEnd(step);
      life.use(step);
      List<String> problems = new ArrayList<>(problems(life));
      problems.addAll(ground.production().problems());
      with(problems, step, List.of()).forEach(results);
      life.after(step);
      recording.add(step, ground);
    }
    return recording;
  }

  /**
   * Tries all of them; gives up, and tells so of each that is left, when one life after the other ends before it has come to a cell.
   *
   * @param results is told of each when it is done
   */
  public void run(List<Cell> cells, Consumer<Result> results) throws InterruptedException {
    Map<Step, Deque<Cell>> waiting = new EnumMap<>(Step.class);
    cells.forEach(cell -> waiting.computeIfAbsent(cell.step(), _ -> new ArrayDeque<>()).add(cell));
    int inVain = 0;
    while (inVain < LIVES_IN_VAIN && waiting.values().stream().anyMatch(queue -> !queue.isEmpty())) {
      inVain = live(waiting, results) ? 0 : inVain + 1;
    }
    waiting.values().stream().flatMap(Deque::stream).forEach(cell -> results.accept(new Result(cell, false, Duration.ZERO,
        List.of("not tried: " + LIVES_IN_VAIN + " lives in a row failed before they came to a cell"))));
  }

  /** Whether a cell was tried. */
  private boolean live(Map<Step, Deque<Cell>> waiting, Consumer<Result> results) throws InterruptedException {
    Life life = new Life(ground, lives++);
    Set<Step> lived = EnumSet.noneOf(Step.class);
    boolean tried = false;
    for (Step step : Step.values()) {
      List<Cell> cells = next(waiting.getOrDefault(step, new ArrayDeque<>()));
      if (!cells.isEmpty() || isNeeded(step, lived, waiting)) {
        Attempt attempt = attempt(life, step, cells);
        lived.add(step);
        tried |= !cells.isEmpty();
        for (Result result : attempt.results()) {
          if (isTriedAgain(result)) {
            Cell again = recording.again(result.cell());
            waiting.computeIfAbsent(again.step(), _ -> new ArrayDeque<>()).addFirst(again);
          } else {
            results.accept(result);
          }
        }
        if (!attempt.ended()) {
          return tried;
        }
      }
    }
    return tried;
  }

  private boolean isTriedAgain(Result result) {
    Cell cell = result.cell();
    return !result.killed() && result.problems().isEmpty()
        && missed.merge(cell.worker().label() + ' ' + cell.point(), 1, Integer::sum) < TRIES;
  }

  /** Takes the next cell, or one for each worker. */
  private List<Cell> next(Deque<Cell> queue) {
    Map<WorkerName, Cell> cells = new EnumMap<>(WorkerName.class);
    queue.stream().limit(together ? Long.MAX_VALUE : 1).forEach(cell -> cells.putIfAbsent(cell.worker(), cell));
    queue.removeAll(cells.values());
    return List.copyOf(cells.values());
  }

  /** Beside the steps with a cell: the first, the last, and what another one goes on from. */
  private static boolean isNeeded(Step step, Set<Step> lived, Map<Step, Deque<Cell>> waiting) {
    return switch (step) {
      case PUSH, DELETE -> true;
      // nothing could become ready on top of the broken migration
      case REPAIR -> lived.contains(Step.BREAK);
      case BREAK -> waits(Step.REPAIR, waiting);
      case MERGE -> waits(Step.RESTORE, waiting) || waits(Step.RETURN, waiting);
      // an epoch that is not the newest, and nobody's any more once both are destroyed
      case SNAPSHOT, REHEARSE -> waits(Step.FORGET, waiting);
      case SWEEP -> waits(Step.FORGET, waiting) || waits(Step.WAKE, waiting);
      case NEXT_PUSH, RESTART, REBUILD, RESTORE, RETURN, FORGET, WAKE, RECONCILE -> false;
    };
  }

  private static boolean waits(Step step, Map<Step, Deque<Cell>> waiting) {
    return !waiting.getOrDefault(step, new ArrayDeque<>()).isEmpty();
  }

  /** @param ended whether the step came to its end; another one cannot go on from it otherwise */
  private record Attempt(List<Result> results, boolean ended) {}

  private Attempt attempt(Life life, Step step, List<Cell> cells) throws InterruptedException {
    cells.forEach(cell -> ground.worker(cell.worker()).arm(cell.order()));
    List<String> problems = new ArrayList<>();
    boolean ended = false;
    try {
      life.begin(step, cells.stream().map(Cell::worker).collect(Collectors.toSet()));
      life.awaitEnd(step);
      for (Cell cell : cells) {
        WorkerProcess victim = ground.worker(cell.worker());
        if (Waiting.within(FOR_DEATH, () -> victim.diedAt().isPresent())) {
          victim.awaitStarted();
        }
      }
      life.awaitEnd(step);
      life.use(step);
      ended = true;
    } catch (Waiting.NotInTime | IllegalStateException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    long recovered = System.nanoTime();
    List<Result> results = new ArrayList<>();
    for (Cell cell : cells) {
      OptionalLong died = ground.worker(cell.worker()).diedAt();
      ground.worker(cell.worker()).disarm();
      results.add(new Result(cell, died.isPresent(), Duration.ofNanos(recovered - died.orElse(recovered)), List.of()));
    }
    problems.addAll(problems(life));
    problems.addAll(ground.production().problems());
    for (WorkerName worker : WorkerName.values()) {
      problems.addAll(ground.worker(worker).surprises());
    }
    life.after(step);
    return new Attempt(with(problems, step, results), ended);
  }

  /** Problems belong to all cells of the step; they are told with the first. */
  private static List<Result> with(List<String> problems, Step step, List<Result> results) {
    if (problems.isEmpty()) {
      return results;
    }
    List<Result> told = new ArrayList<>(results);
    Result first = results.isEmpty()
        ? new Result(new Cell(WorkerName.PROVISIONER, "(no-fault)", step, 1), true, Duration.ZERO, List.of())
        : told.removeFirst();
    told.addFirst(new Result(first.cell(), first.killed(), first.recovery(), problems));
    return told;
  }

  /** What the checker finds that it has not found before. */
  private List<String> problems(Life life) throws InterruptedException {
    List<Violation> found = checker.check(life.expectation());
    if (found.stream().map(Violation::toString).anyMatch(violation -> !known.contains(violation))) {
      found = checker.settled(life.expectation(), FOR_QUIET);
    }
    return found.stream().map(Violation::toString).filter(known::add).toList();
  }
}
