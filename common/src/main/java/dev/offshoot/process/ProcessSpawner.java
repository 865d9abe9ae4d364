package dev.offshoot.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts children, all from one thread that lives as long as the JVM.
 *
 * <p>The kernel sends the parent-death signal when the <em>thread</em> that made the child ends (prctl(2),
 * PR_SET_PDEATHSIG), so a pool's or a virtual thread's carrier must never be the one.
 */
public final class ProcessSpawner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSpawner.class);
  private static final ProcessSpawner OF_THIS_JVM = new ProcessSpawner();

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("process-spawner").factory());
  private final boolean parentDeathSignal =
      System.getProperty("os.name").equals("Linux") && Executables.onPath("setpriv").isPresent();
  private final boolean newSession = Executables.onPath("setsid").isPresent();

  private ProcessSpawner() {
  }

  public static ProcessSpawner ofThisJvm() {
    return OF_THIS_JVM;
  }

  /** Starts with an empty standard input. */
  public Child start(ChildCommand command) {
    return start(command, "");
  }

  /** Starts and feeds the text, which may hold secrets, to the child's standard input. */
  public Child start(ChildCommand command, String stdin) {
    return spawnOnThread(command, tied(command), stdin);
  }

  /**
   * Starts what goes on when this process is gone: in a session of its own where there is {@code setsid}, so that what
   * a terminal or a supervisor sends to this process's group does not reach it.
   */
  Child startFree(ChildCommand command, String stdin) {
    var words = new ArrayList<>(newSession ? List.of("setsid") : List.<String>of());
    words.addAll(command.command());
    return spawnOnThread(command, words, stdin);
  }

  private Child spawnOnThread(ChildCommand command, List<String> words, String stdin) {
    try {
      return CompletableFuture.supplyAsync(() -> spawn(command, words, stdin), thread).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Runs to the end; an exit status other than 0 or a missed deadline is an error that shows the output's tail. */
  public void run(ChildCommand command, Duration deadline) {
    Child child = start(command);
    if (!child.awaitEnd(deadline)) {
      child.stop(Signal.KILL, Duration.ofSeconds(1));
      throw new IllegalStateException(command + " did not end within " + deadline + ": " + child.logTail());
    }
    if (child.exitStatus() != 0) {
      throw new IllegalStateException(
          command + " ended with status " + child.exitStatus() + ": " + child.logTail());
    }
  }

  private static Child spawn(ChildCommand command, List<String> words, String stdin) {
    try {
      long logStart = OwnerOnly.createFile(command.log());
      var builder = new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
      builder.environment().keySet().retainAll(List.of("PATH"));
      builder.environment().putAll(command.environment());
      Process process = builder.start();
      feed(process, stdin);
      return new Child(process, command.log(), logStart);
    } catch (IOException e) {
      throw new UncheckedIOException(command + " can't be started", e);
    }
  }

  private static void feed(Process process, String stdin) {
    try (var in = process.getOutputStream()) {
      in.write(stdin.getBytes(StandardCharsets.UTF_8));
    } catch (IOException brokenPipe) {
      // It ended before it read its input: its log says why.
      LOG.debug("Process {} did not read its input", process.pid(), brokenPipe);
    }
  }

  private List<String> tied(ChildCommand command) {
    var words = new ArrayList<String>();
    if (parentDeathSignal) {
      words.addAll(List.of("setpriv", "--pdeathsig", command.onParentDeath().name()));
    }
    words.addAll(command.command());
    return words;
  }
}
