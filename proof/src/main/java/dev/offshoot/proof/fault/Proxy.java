package dev.offshoot.proof.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A TCP connection's way to a server, which can be made slow, stopped without a word, or cut. */
final class Proxy implements AutoCloseable {
  private static final int BUFFER = 16_384;
  private static final long LOOK = Duration.ofMillis(10).toNanos();

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Weather weather = Weather.FINE;

  /**
   * How the network is.
   *
   * @param delay before each piece of data is passed on
   * @param bytesPerSecond at most, of each direction of a connection
   * @param stalled nothing is passed on, and nothing is closed
   */
  record Weather(Duration delay, int bytesPerSecond, boolean stalled) {
    static final Weather FINE = new Weather(Duration.ZERO, Integer.MAX_VALUE, false);
    static final Weather STALLED = new Weather(Duration.ZERO, Integer.MAX_VALUE, true);

    static Weather slow(Duration delay, int bytesPerSecond) {
      return new Weather(delay, bytesPerSecond, false);
    }
  }

  /** Passes on to a port of this machine. */
  Proxy(int target) {
    this.target = target;
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("proxy-" + target).start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void weather(Weather next) {
    weather = next;
  }

  /** Resets all connections there are. */
  void cut() {
    open.removeIf(socket -> {
      try {
        socket.setSoLinger(true, 0); // a reset instead of an orderly end
        socket.close();
        return false;
      } catch (IOException e) {
        return true;
      }
    });
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK);
      }
    }
  }

  private void connect(Socket client) {
    try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      Thread back = Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
      back.join();
      open.remove(server);
    } catch (IOException refused) {
      open.remove(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hold(read);
        out.write(buffer, 0, read);
      }
    } catch (IOException ended) {
      open.remove(from);
    }
  }

  private void hold(int bytes) {
    while (weather.stalled()) {
      LockSupport.parkNanos(LOOK);
    }
    long nanos = weather.delay().toNanos() + TimeUnit.SECONDS.toNanos(bytes) / weather.bytesPerSecond();
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
  }

  @Override
  public void close() throws IOException {
    weather = Weather.FINE;
    door.close();
    cut();
  }
}
