package dev.offshoot.provisioner.pool;

import java.util.Optional;

/** Lets one of all processes at a time change a store's slots, for a store that knows no locks. */
public interface PoolLock {

  /** Law: gone with the process that holds it, and with its connection. Empty while somebody else holds it. */
  Optional<Held> take();

  /** Until it is closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
