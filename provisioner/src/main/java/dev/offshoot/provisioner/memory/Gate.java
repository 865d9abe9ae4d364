package dev.offshoot.provisioner.memory;

import java.util.concurrent.CountDownLatch;

import dev.offshoot.worker.Failure;

/** Stands for a long time that somebody else ends: a restore of twenty minutes takes no time in a test. */
public final class Gate {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Waits here until it is opened. Failure UNAVAILABLE when the caller is interrupted, as when its lane is cancelled. */
  public void pass() {
    reached.countDown();
    try {
      opened.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.UNAVAILABLE, "The call was given up before it was done", e);
    }
  }

  /** Returns when somebody waits here. */
  public void awaitReached() throws InterruptedException {
    reached.await();
  }

  public void open() {
    opened.countDown();
  }
}
