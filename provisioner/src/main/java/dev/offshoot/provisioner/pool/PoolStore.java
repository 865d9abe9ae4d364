package dev.offshoot.provisioner.pool;

import java.util.Optional;

import dev.offshoot.config.PoolSize;
import dev.offshoot.environment.StoreKind;

/** A store that can keep copies of snapshots ready. */
public interface PoolStore extends AutoCloseable {

  StoreKind kind();

  PoolSize size();

  /**
   * Lets the caller change the slots until it closes what it gets.
   *
   * <p>Law: one at a time of all processes that work with this store; who dies or loses its connection has lost it. So what is
   * half-made is a dead process's for who has it.
   *
   * @return empty while another one has it
   */
  Optional<PoolSession> open();

  /** Ends soon what a session does, from another thread. */
  void abort();

  @Override
  void close();
}
