package dev.offshoot.proof.drive;

import static dev.offshoot.cli.system.WorkerName.MIGRATOR;
import static dev.offshoot.cli.system.WorkerName.PROVISIONER;
import static dev.offshoot.cli.system.WorkerName.REPORTER;
import static dev.offshoot.cli.system.WorkerName.WEBHOOK_INGEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few cells of the matrix, several workers at once; all of them are run by the command that docs/reliability.md names. */
class SampleOfTheMatrixTest {
  private static final List<Cell> SAMPLE = List.of(
      new Cell(WEBHOOK_INGEST, "delivery.publish.after", Step.PUSH, 1),
      new Cell(PROVISIONER, "postgres.clone.after", Step.PUSH, 1),
      new Cell(MIGRATOR, "migrate.each.after", Step.PUSH, 2),
      new Cell(REPORTER, "blob.write.after", Step.PUSH, 1),
      new Cell(PROVISIONER, "postgres.mask.updated", Step.SNAPSHOT, 1),
      new Cell(PROVISIONER, "destroy.removal.before", Step.MERGE, 1),
      new Cell(PROVISIONER, "postgres.restored.publish.before", Step.RESTORE, 1),
      new Cell(PROVISIONER, "outcome.sent-before-commit", Step.DELETE, 1));

  @TempDir
  private Path folder = Path.of("");

  @Test
  void workersThatDieAnywhereLeaveWhatWorkersThatLiveLeave() throws Exception {
    List<Result> results = new ArrayList<>();
    try (Ground ground = Ground.open(folder.toRealPath())) {
      new Matrix(ground, true).run(SAMPLE, results::add);
    }

    assertThat(results).extracting(Result::cell).containsExactlyInAnyOrderElementsOf(SAMPLE);
    assertThat(results).allSatisfy(result -> {
      assertThat(result.killed()).as("%s: it died", result.cell()).isTrue();
      assertThat(result.problems()).as("after %s", result.cell()).isEmpty();
    });
  }
}
