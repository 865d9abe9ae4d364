package dev.offshoot.migrator.child;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.flyway.CommitMigration;
import dev.offshoot.worker.Failure;

/**
 * What runs in the child: one order after another. It hangs up with its parent, whatever that died of, and ends its sessions first: a server
 * goes on with a statement whose client is gone.
 */
public final class Program {
  private static final int HUNG_UP = 1;
  private static final int BROKE = 2;
  /** Deep enough for any statement that a server would take. */
  private static final long STACK_BYTES = 8L << 20;

  private final Frames parent;
  private final Teller teller;
  private volatile Optional<CommitMigration> running = Optional.empty();

  private Program(Frames parent) {
    this.parent = parent;
    this.teller = new Teller(parent);
  }

  public static void main(String[] arguments) {
    Frames parent = new Frames(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    System.setOut(System.err); // the pipe is for frames alone
    outlastSignals();
    new Program(parent).serve();
  }

  /** A signal to a whole group of processes is meant for the parent, which may let a run come to its end. */
  private static void outlastSignals() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, "outlast"));
  }

  private void serve() {
    try {
      CommitMigration.warmUp();
      Frames.warmUp();
      parent.write(Said.class, new Said.Ready());
      while (true) {
        switch (parent.read(Heard.class)) {
          case Order order -> begin(order);
          case Heard.GoOn _ -> teller.goOn();
          case Heard.Stop _ -> running.ifPresent(CommitMigration::end);
          case Heard.File _ -> throw new IOException("A file of no order");
        }
      }
    } catch (IOException | RuntimeException e) {
      running.ifPresent(CommitMigration::end);
      Runtime.getRuntime().halt(HUNG_UP);
    }
  }

  private void begin(Order order) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (int i = 0; i < order.files(); i++) {
      Heard.File file = (Heard.File) parent.read(Heard.class);
      files.add(new SourceFile(file.path(), file.name(), file.text()));
    }
    CommitMigration migration = new CommitMigration(order.database(), order.settings(), teller);
    running = Optional.of(migration);
    new Thread(null, () -> run(migration, files, order), "migration", STACK_BYTES).start();
  }

  private void run(CommitMigration migration, List<SourceFile> files, Order order) {
    try {
      Said end = end(migration, files, order);
      running = Optional.empty(); // its sessions are closed, and their numbers may be others' soon
      parent.write(Said.class, end);
    } catch (IOException | UncheckedIOException e) {
      return; // the parent is gone: the other thread reads that too, and ends the sessions before it ends all
    } catch (RuntimeException | Error e) { // the parent tells it from what stands on the error output
      e.printStackTrace();
      Runtime.getRuntime().halt(BROKE);
    }
  }

  private static Said end(CommitMigration migration, List<SourceFile> files, Order order) {
    try {
      return new Said.Ended(migration.run(files, order.passed()));
    } catch (Failure e) {
      return new Said.Troubled(e.kind(), String.valueOf(e.getMessage()));
    }
  }
}
