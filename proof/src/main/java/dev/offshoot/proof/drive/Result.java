package dev.offshoot.proof.drive;

import java.time.Duration;
import java.util.List;

/**
 * What came of a cell.
 *
 * @param killed whether the worker died at the point; otherwise the cell proves nothing, and counts as a failure
 * @param recovery from its death until the step had come to its end
 * @param problems what the checker found, and what else went wrong
 */
public record Result(Cell cell, boolean killed, Duration recovery, List<String> problems) {
  public Result {
    problems = List.copyOf(problems);
  }

  public boolean clean() {
    return killed && problems.isEmpty();
  }
}
