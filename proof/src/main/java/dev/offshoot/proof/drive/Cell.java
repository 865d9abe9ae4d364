package dev.offshoot.proof.drive;

import dev.offshoot.cli.system.WorkerName;

/**
 * One fault to be tried.
 *
 * @param time the how many-th time, from 1, that the worker comes past the point in this step
 */
public record Cell(WorkerName worker, String point, Step step, int time) {
  String order() {
    return point + "#" + time;
  }

  @Override
  public String toString() {
    return worker.label() + " at " + order() + " during " + step.label();
  }
}
