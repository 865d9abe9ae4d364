package dev.offshoot.cli.demo;

import java.util.List;

import dev.offshoot.cli.view.Table;

/**
 * What the demo has shown.
 *
 * @param held whether every check held
 * @param pushToReadyMillis from the start of {@code git push} until the environment was usable
 * @param secondPushToReadyMillis the same for a further push
 * @param mergeToGoneMillis from the merge's webhook until backed up and destroyed
 */
record Summary(
    boolean held,
    long pushToReadyMillis,
    long secondPushToReadyMillis,
    long mergeToGoneMillis,
    List<Check> checks,
    List<StepTime> steps) {
  Summary {
    checks = List.copyOf(checks);
    steps = List.copyOf(steps);
  }

  String text() {
    Table facts = new Table("CHECK", "", "FOUND");
    checks.forEach(check -> facts.row(check.fact(), check.held() ? "ok" : "FAILED", check.found()));
    Table times = new Table("STEP", "TOOK");
    steps.forEach(step -> times.row(step.step(), step.millis() + " ms"));
    return times.text() + "\n\n" + facts.text() + "\n\n"
        + "push → ready " + pushToReadyMillis + " ms, second push → ready " + secondPushToReadyMillis
            + " ms, merge → gone "
        + mergeToGoneMillis + " ms\n"
        + (held ? "All " + checks.size() + " checks held." : "Not every check held.");
  }
}
