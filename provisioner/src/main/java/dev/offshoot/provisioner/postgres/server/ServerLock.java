package dev.offshoot.provisioner.postgres.server;

import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.provisioner.pool.PoolLock;

/**
 * A lock of the database server, for stores that have none of their own: every provisioner works with this server.
 *
 * @param name what is done by one at a time
 */
public record ServerLock(PostgresConfig server, String name) implements PoolLock {

  @Override
  public Optional<Held> take() {
    AdminSession session = AdminSession.open(server, AdminSession.HOME, "pool");
    try {
      if (session.lockUnlessBusy(name)) {
        return Optional.of(session::close);
      }
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    session.close();
    return Optional.empty();
  }
}
