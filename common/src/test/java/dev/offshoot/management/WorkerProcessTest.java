package dev.offshoot.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offshoot.config.WorkersConfig;

@Timeout(120)
class WorkerProcessTest {
  private final List<String> closed = new ArrayList<>();

  private final class Played implements RunningWorker, Health {
    private final String name;
    private volatile boolean lives = true;

    private Played(String name) {
      this.name = name;
    }

    @Override
    public Health health() {
      return this;
    }

    @Override
    public Condition live() {
      return lives ? new Condition.Good("plays") : new Condition.Bad("died on the stage");
    }

    @Override
    public Condition ready() {
      return live();
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }

  @Test
  void aWorkerThatDiesIsNamedAndIsClosedBeforeItIsStartedAgain() throws Exception {
    Played first = new Played("first");
    try (WorkerProcess process = WorkerProcess.open(WorkersConfig.Management.OFF)) {
      process.start("reporter", () -> first);
      first.lives = false;

      assertThat(process.awaitFault()).contains(new WorkerProcess.Fault("reporter", "died on the stage"));

      process.start("reporter", () -> {
        assertThat(closed).containsExactly("first");
        return new Played("second");
      });
    }
    assertThat(closed).containsExactly("first", "second");
  }

  @Test
  void theNewestIsClosedFirstAndNobodyWaitsForAFaultAfterwards() throws Exception {
    WorkerProcess process = WorkerProcess.open(WorkersConfig.Management.OFF);
    process.start("reporter", () -> new Played("reporter"));
    process.start("migrator", () -> new Played("migrator"));

    process.close();

    assertThat(closed).containsExactly("migrator", "reporter");
    assertThat(process.awaitFault()).isEmpty();
  }

  @Test
  void whatStartsAfterTheEndIsClosedAtOnce() throws Exception {
    WorkerProcess process = WorkerProcess.open(WorkersConfig.Management.OFF);
    process.close();

    process.start("late", () -> new Played("late"));

    assertThat(closed).containsExactly("late");
  }

  @Test
  void aStartThatFailsIsToldToTheCaller() {
    try (WorkerProcess process = WorkerProcess.open(WorkersConfig.Management.OFF)) {
      assertThatThrownBy(() -> process.start("reporter", () -> {
        throw new IllegalStateException("no stage");
      })).hasMessage("no stage");
    }
  }
}
