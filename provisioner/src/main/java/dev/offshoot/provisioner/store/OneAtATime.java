package dev.offshoot.provisioner.store;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets one thread of this process at a time work on an owner's resource, where the store itself knows no locks. */
public final class OneAtATime {
  private static final int STRIPES = 64;

  private final ReentrantLock[] locks = Stream.generate(ReentrantLock::new).limit(STRIPES)
      .toArray(ReentrantLock[]::new);

  public <T> T work(Owner owner, Supplier<T> work) {
    ReentrantLock lock = locks[Math.floorMod(owner.hashCode(), STRIPES)];
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
