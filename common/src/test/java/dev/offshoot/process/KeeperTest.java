package dev.offshoot.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir
  Path directory;

  private Keeper keeper(String program) {
    return Keeper.listen(address(), Path.of(program));
  }

  private Path address() {
    return Keeper.addressIn(directory.resolve("run"));
  }

  private ChildCommand command(String... words) {
    return new ChildCommand(List.of(words), directory.resolve("child.log"));
  }

  @Test
  void whatItStartsEndsWithIt() {
    RunningProcess process;
    try (Keeper _ = keeper("sleep")) {
      process = new KeptStarter(address()).start(command("sleep", "1000"), "");
      assertThat(process.isAlive()).isTrue();
      assertThat(new KeptStarter(address()).bond()).get().matches(RunningProcess.current()::is);
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void theInputArrives() {
    try (Keeper _ = keeper("cat")) {
      RunningProcess process = new KeptStarter(address()).start(command("cat"), "a secret\n");
      assertThat(process.awaitEnd(SOON)).isTrue();
      assertThat(directory.resolve("child.log")).hasContent("a secret\n");
    }
  }

  @Test
  void itStartsNothingElse() {
    try (Keeper _ = keeper("sleep")) {
      assertThatThrownBy(() -> new KeptStarter(address()).start(command("touch", directory + "/made"), ""))
          .isInstanceOf(UncheckedIOException.class).hasStackTraceContaining("nothing else");
      assertThat(directory.resolve("made")).doesNotExist();
    }
  }

  @Test
  void nobodyElseReachesItAndItsSocketGoesWithIt() throws Exception {
    try (Keeper _ = keeper("sleep")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("run")))).isEqualTo("rwx------");
    }
    assertThat(address()).doesNotExist();
    assertThatThrownBy(() -> new KeptStarter(address()).bond()).hasMessageContaining("offshoot up");
  }

  @Test
  void aFolderWhosePathIsTooLongForASocketIsNoHindrance() {
    Path address = Keeper.addressIn(directory.resolve("long".repeat(30)));
    try (Keeper _ = Keeper.listen(address, Path.of("sleep"))) {
      assertThat(new KeptStarter(address).bond()).isPresent();
    }
  }

  @Test
  void whatAKilledProcessHadStartedByItGoesOn() throws Exception {
    try (Keeper _ = keeper("sleep")) {
      assertThat(startedByAProcessThatIsKilled(address().toString()).isAlive()).isTrue();
    }
  }

  @Test
  void whatIsStartedFreeGoesOnToo() throws Exception {
    RunningProcess process = startedByAProcessThatIsKilled("free");
    assertThat(process.isAlive()).isTrue();
    process.stop(Signal.TERM, SOON);
    assertThat(process.isAlive()).isFalse();
  }

  private RunningProcess startedByAProcessThatIsKilled(String how) throws Exception {
    Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp", System.getProperty("java.class.path"), SleepingParent.class.getName(),
        directory.resolve("child.log").toString(), how)
        .redirectErrorStream(true)
        .start();
    try (var out = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      String said = out.lines().filter(line -> line.startsWith("child ")).findFirst().orElseThrow();
      RunningProcess process =
          RunningProcess.of(ProcessHandle.of(Long.parseLong(said.substring("child ".length()))).orElseThrow());
      parent.destroyForcibly().waitFor();
      return process;
    }
  }

  @Test
  void anotherTimeOfStartIsAnotherProcess() {
    RunningProcess self = RunningProcess.current();
    assertThat(self.isAlive()).isTrue();
    RunningProcess earlier = new RunningProcess(self.pid(), self.started().minusSeconds(60));
    assertThat(earlier.isAlive()).isFalse();
    assertThat(earlier.is(self)).isFalse();
    earlier.stop(Signal.KILL, Duration.ZERO);
  }
}
