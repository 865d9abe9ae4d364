package dev.offshoot.embedded;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The Redis that environments share in the mode of that name; nobody else needs it, so it runs once it is asked for. */
final class SharedRedis implements AutoCloseable {
  private final ServersLayout layout;
  private final int port;
  private final String password;
  private Optional<Guarded> running = Optional.empty();

  private record Guarded(EmbeddedRedis server, Guard guard) {
  }

  SharedRedis(ServersLayout layout, int port, String password) {
    this.layout = layout;
    this.port = port;
    this.password = password;
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  /** @param fault is completed when it dies and can't be started again */
  synchronized EmbeddedRedis started(CompletableFuture<ServerFault> fault) {
    if (running.isEmpty()) {
      EmbeddedRedis server =
          EmbeddedRedis.start(RedisBinary.unpack(layout.binaries()), layout.of(Server.REDIS), port, password);
      running = Optional.of(new Guarded(server, new Guard(Server.REDIS, server, fault)));
    }
    return running.get().server();
  }

  @Override
  public synchronized void close() {
    running.ifPresent(redis -> {
      redis.guard().close();
      redis.server().close();
    });
  }
}
