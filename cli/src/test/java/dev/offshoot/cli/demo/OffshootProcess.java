package dev.offshoot.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assertions;

import dev.offshoot.embedded.Eventually;

/** The command as a process of its own, as the launcher starts it. */
final class OffshootProcess implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private OffshootProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static OffshootProcess start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow", "-Xmx768m", "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1")); // here 'up' too runs for seconds only
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.offshoot.cli.OffshootMain"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = new ProcessBuilder(command)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
    return new OffshootProcess(process, out, err);
  }

  int awaitEnd(Duration atMost) throws InterruptedException, IOException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      return Assertions.fail("It did not end within " + atMost + ": " + err());
    }
    return process.exitValue();
  }

  void awaitLine(String text, Duration atMost) {
    Eventually.await("'" + text + "' is printed, or the process has ended: " + out, atMost,
        () -> out().contains(text) || !process.isAlive());
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  List<ProcessHandle> family() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    return all;
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  /** As Ctrl-C and a service manager do. */
  void terminate() {
    process.destroy();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
