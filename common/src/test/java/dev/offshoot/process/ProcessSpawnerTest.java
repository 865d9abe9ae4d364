package dev.offshoot.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessSpawnerTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir
  Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aChildEndsWhenItsParentIsKilled() throws Exception {
    Process parent = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp", System.getProperty("java.class.path"), SleepingParent.class.getName(), log().toString())
        .redirectErrorStream(true)
        .start();
    try (var out = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      long pid = out.lines().filter(line -> line.startsWith("child ")).findFirst()
          .map(line -> Long.parseLong(line.substring("child ".length())))
          .orElseThrow();
      ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
      assertThat(child.info().arguments()).isPresent();

      parent.destroyForcibly();

      long deadline = System.nanoTime() + SOON.toNanos();
      // An ended process that nobody reaps has no arguments left.
      while (child.isAlive() && child.info().arguments().isPresent()) {
        assertThat(System.nanoTime()).as("the child still runs").isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  @Test
  void aChildOutlivesTheThreadThatAskedForIt() throws Exception {
    var started = new Child[1];
    Thread asking = Thread.ofPlatform().start(() -> started[0] = sleep());
    asking.join();
    assertThat(started[0].awaitEnd(Duration.ofMillis(300))).isFalse();
    started[0].stop(Signal.TERM, SOON);
    assertThat(started[0].isAlive()).isFalse();
  }

  @Test
  void theInputIsFedAndBothOutputsAreLogged() {
    var command = new ChildCommand(List.of("sh", "-c", "cat; echo failed >&2; exit 3"), log());
    Child child = ProcessSpawner.ofThisJvm().start(command, "a secret\n");
    assertThat(child.awaitEnd(SOON)).isTrue();
    assertThat(child.exitStatus()).isEqualTo(3);
    assertThat(child.logTail()).isEqualTo("a secret\nfailed");
  }

  @Test
  void theTailIsOnlyOfThisChildAndTheLogIsOnlyForItsOwner() throws Exception {
    ProcessSpawner.ofThisJvm().run(new ChildCommand(List.of("echo", "first"), log()), SOON);
    Child second = ProcessSpawner.ofThisJvm().start(new ChildCommand(List.of("echo", "second"), log()));
    assertThat(second.awaitEnd(SOON)).isTrue();
    assertThat(second.logTail()).isEqualTo("second");
    assertThat(log()).hasContent("first\nsecond\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log()))).isEqualTo("rw-------");
  }

  @Test
  void aChildSeesOnlyTheVariablesItIsGiven() throws Exception {
    var command = new ChildCommand(List.of("env"), log(), Map.of("LANG", "C"), Signal.TERM);
    ProcessSpawner.ofThisJvm().run(command, SOON);
    assertThat(Files.readAllLines(log()))
        .contains("LANG=C")
        .allMatch(line -> line.startsWith("LANG=") || line.startsWith("PATH="));
  }

  @Test
  void aFailureShowsCommandStatusAndOutput() {
    var command = new ChildCommand(List.of("sh", "-c", "echo no disk; exit 7"), log());
    assertThatThrownBy(() -> ProcessSpawner.ofThisJvm().run(command, SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("echo no disk", "status 7", "no disk");
  }

  @Test
  void aChildThatIgnoresTheSignalIsKilledAfterItsGrace() {
    var command = new ChildCommand(List.of("sh", "-c", "trap '' INT; echo ready; exec sleep 100"), log());
    Child child = ProcessSpawner.ofThisJvm().start(command);
    while (!child.logTail().equals("ready")) {
      assertThat(child.awaitEnd(Duration.ofMillis(10))).isFalse();
    }
    child.stop(Signal.INT, Duration.ofMillis(300));
    assertThat(child.exitStatus()).isEqualTo(128 + 9);
  }

  @Test
  void valuesOfVariablesAreNotShown() {
    var command = new ChildCommand(List.of("env"), log(), Map.of("KEY", "hidden"), Signal.TERM);
    assertThat(command.toString()).contains("KEY").doesNotContain("hidden");
  }

  private Child sleep() {
    return ProcessSpawner.ofThisJvm().start(new ChildCommand(List.of("sleep", "100"), log()));
  }

  private Path log() {
    return directory.resolve("child.log");
  }
}
