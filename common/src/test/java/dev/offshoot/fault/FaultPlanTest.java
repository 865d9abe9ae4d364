package dev.offshoot.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultPlanTest {
  @TempDir
  private Path folder = Path.of("");

  @Test
  void withoutAPlanNothingHappens() {
    FaultPlan.of(Map.of()).reached("a.b");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void everyPointReachedIsMarkedWithItsCount() throws IOException {
    Path marks = folder.resolve("marks");
    FaultPlan plan = FaultPlan.of(Map.of("OFFSHOOT_FAULT_MARKS", marks.toString()));

    plan.reached("clone.made");
    plan.reached("role.made");
    plan.reached("clone.made");

    assertThat(Files.readAllLines(marks)).containsExactly("clone.made#1", "role.made#1", "clone.made#2");
  }

  @Test
  void theThreadThatHangsIsMarkedFirst() throws Exception {
    Path marks = folder.resolve("marks");
    FaultPlan plan = FaultPlan.of(Map.of("OFFSHOOT_FAULT", "clone.made#2", "OFFSHOOT_FAULT_ACTION", "hang",
        "OFFSHOOT_FAULT_MARKS", marks.toString()));
    plan.reached("clone.made");

    Thread hanging = Thread.ofVirtual().start(() -> plan.reached("clone.made"));

    while (!Files.readAllLines(marks).contains("! clone.made#2")) {
      Thread.onSpinWait();
    }
    assertThat(hanging.isAlive()).isTrue();
    assertThat(Files.readAllLines(marks)).containsExactly("clone.made#1", "! clone.made#2");
  }

  @Test
  void aRunningProcessIsArmedByAFileAndCountsFromThere() throws Exception {
    Path marks = folder.resolve("marks");
    Path order = folder.resolve("order");
    FaultPlan plan = FaultPlan.of(Map.of("OFFSHOOT_FAULT_FILE", order.toString(), "OFFSHOOT_FAULT_ACTION", "hang",
        "OFFSHOOT_FAULT_MARKS", marks.toString()));
    plan.reached("clone.made");
    plan.reached("clone.made");
    Files.writeString(order, "clone.made#1\n");

    Thread.ofVirtual().start(() -> plan.reached("clone.made"));

    while (Files.readAllLines(marks).size() < 3) {
      Thread.onSpinWait();
    }
    assertThat(Files.readAllLines(marks)).containsExactly("clone.made#1", "clone.made#2", "! clone.made#1");
  }
}
