package dev.offshoot.proof.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** A program of ours in a JVM of its own, that is killed, stopped, continued and started again. */
final class JavaProcess implements AutoCloseable {
  private static final Duration FOR_START = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Command command;
  private Child child;

  /**
   * What to run.
   *
   * @param name of the log, below the folder
   * @param classPath before everything else's: mutated classes
   * @param environment variables of the process
   */
  record Command(Path logs, String name, List<String> words, List<Path> classPath, Map<String, String> environment) {
    Path log() {
      return logs.resolve(name + ".out");
    }

    Command with(Map<String, String> more) {
      return new Command(logs, name, words, classPath, more);
    }

    Command before(Path folder) {
      return new Command(logs, name, words, List.of(folder), environment);
    }

    private ChildCommand child() {
      List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx300m", "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1", "-cp"));
      List<String> path = new ArrayList<>(classPath.stream().map(Path::toString).toList());
      path.add(System.getProperty("java.class.path"));
      all.add(String.join(":", path));
      all.addAll(words);
      return new ChildCommand(all, log(), environment, Signal.KILL);
    }
  }

  private JavaProcess(Command command) {
    this.command = command;
    this.child = ProcessSpawner.ofThisJvm().start(command.child());
  }

  /** Begins to start it. */
  static JavaProcess of(Command command) {
    return new JavaProcess(command);
  }

  /** Waits until it says that it has started. */
  JavaProcess awaitStarted() {
    Eventually.await(command.name() + " says that it started, in " + command.log(), FOR_START,
        () -> child.logTail().contains(" started") || !child.isAlive());
    if (!child.isAlive()) {
      throw new IllegalStateException(command.name() + " ended: " + child.logTail());
    }
    return this;
  }

  boolean isAlive() {
    return child.isAlive();
  }

  /** As {@code kill -9} does. */
  void kill() {
    child.stop(Signal.KILL, GRACE);
  }

  /** It keeps its connections and says nothing any more. */
  void freeze() throws InterruptedException {
    signal("STOP");
  }

  void thaw() throws InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("kill cannot be run", e);
    }
  }

  /** Starts it anew, with other variables than before. */
  void restart(Map<String, String> environment) {
    kill();
    child = ProcessSpawner.ofThisJvm().start(command.with(environment).child());
    awaitStarted();
  }

  @Override
  public void close() {
    child.stop(Signal.TERM, GRACE);
  }
}
