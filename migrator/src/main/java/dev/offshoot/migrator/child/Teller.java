package dev.offshoot.migrator.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;

import dev.offshoot.evidence.StatementSource;
import dev.offshoot.migrator.flyway.Witness;
import dev.offshoot.migrator.watch.Watched;

/** Tells the parent, and waits for it where a run has to. */
final class Teller implements Witness {
  private final Frames parent;
  private final Semaphore leave = new Semaphore(0);

  Teller(Frames parent) {
    this.parent = parent;
  }

  void goOn() {
    leave.release();
  }

  @Override
  public void opened(int backend) {
    tell(new Said.Opened(backend));
  }

  @Override
  public void began(String base) {
    tell(new Said.Began(base));
  }

  @Override
  public void before(Script script) {
    tell(new Said.Before(script));
    leave.acquireUninterruptibly();
  }

  @Override
  public void after(Script script) {
    tell(new Said.After(script));
    leave.acquireUninterruptibly();
  }

  @Override
  public void runs(StatementSource statement) {
    tell(new Said.Runs(statement.script(), statement.line()));
  }

  @Override
  public void kept(Watched soFar) {
    tell(new Said.Kept(soFar));
  }

  private void tell(Said what) {
    try {
      parent.write(Said.class, what);
    } catch (IOException e) {
      throw new UncheckedIOException("The parent does not listen any more", e);
    }
  }
}
