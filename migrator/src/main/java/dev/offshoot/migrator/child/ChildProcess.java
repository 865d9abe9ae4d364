package dev.offshoot.migrator.child;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.offshoot.git.GitRepository.SourceFile;

/** A child, seen from outside. Kill it at any time; closing it is that. For one thread at a time, but for the killing. */
public final class ChildProcess implements AutoCloseable {
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final Process process;
  private final Frames frames;
  private final ErrorTail errors;
  private int runs;
  private volatile boolean well;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private ChildProcess(Process process) {
    this.process = process;
    this.frames = new Frames(process.getInputStream(), process.getOutputStream());
    this.errors = ErrorTail.of(process.getErrorStream());
  }

  static ChildProcess start(ChildJvm jvm) throws IOException {
    ChildProcess child = new ChildProcess(jvm.start());
    Thread.ofPlatform().daemon().name("child-start").start(child::awaitReady);
    return child;
  }

  private void awaitReady() {
    try {
      if (next() instanceof Said.Ready) {
        ready.complete(null);
      } else {
        ready.completeExceptionally(ChildEnded.nonsense("it did not begin with being ready"));
      }
    } catch (ChildEnded e) {
      ready.completeExceptionally(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it stands ready by then. */
  boolean isReadyWithin(Duration time) throws InterruptedException {
    try {
      ready.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return process.isAlive();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Why it never came to be ready, as far as it said. */
  String trouble() {
    return ready.isCompletedExceptionally() ? String.valueOf(ready.exceptionNow().getMessage()) : "it took too long";
  }

  public long pid() {
    return process.pid();
  }

  public void order(Order order, List<SourceFile> files) throws ChildEnded {
    runs++;
    well = false;
    tell(order);
    for (SourceFile file : files) {
      tell(new Heard.File(file.path(), file.name(), file.text()));
    }
  }

  public void tell(Heard what) throws ChildEnded {
    try {
      frames.write(Heard.class, what);
    } catch (IOException e) {
      throw ended();
    }
  }

  /** The next it says; blocks until then, or until it is killed. */
  public Said next() throws ChildEnded {
    try {
      return frames.read(Said.class);
    } catch (EOFException e) {
      throw ended();
    } catch (IOException | RuntimeException e) {
      if (!process.isAlive()) {
        throw ended();
      }
      process.destroyForcibly();
      throw ChildEnded.nonsense(String.valueOf(e.getMessage()));
    }
  }

  private ChildEnded ended() {
    try {
      if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      return ChildEnded.by(process.exitValue(), errors.read());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return ChildEnded.nonsense("nobody waited for its end");
    }
  }

  /** Its run came to an end, and it said so itself: it may have another. */
  public void endedWell() {
    well = true;
  }

  /** Whether it may have another run, after fewer than so many. */
  boolean mayServe(int most) {
    return well && runs < most && process.isAlive();
  }

  int runs() {
    return runs;
  }

  /** As this process's death does: it ends its sessions, and itself. */
  public void hangUp() {
    try {
      process.getInputStream().close();
      process.getOutputStream().close();
    } catch (IOException e) {
      kill(); // it was gone already, or does not read
    }
  }

  /** At once; what it ran at a server goes on there. */
  public void kill() {
    well = false;
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }
}
