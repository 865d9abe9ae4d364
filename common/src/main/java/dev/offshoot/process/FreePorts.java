package dev.offshoot.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ports of 127.0.0.1 between 20000 and 31999: below the range the kernel gives to outgoing connections, so that none
 * takes a port between the moment it is chosen and the moment its server listens.
 */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int END = 32_000;

  private FreePorts() {
  }

  /** Ports that differ from each other and that nobody listens on now. */
  public static List<Integer> choose(int count) {
    var random = RandomGenerator.getDefault();
    var chosen = new LinkedHashSet<Integer>();
    for (int attempt = 0; chosen.size() < count; attempt++) {
      if (attempt > END - LOWEST) {
        throw new IllegalStateException("No " + count + " free ports between " + LOWEST + " and " + END);
      }
      int port = random.nextInt(LOWEST, END);
      if (isFree(port)) {
        chosen.add(port);
      }
    }
    return List.copyOf(chosen);
  }

  public static int choose() {
    return choose(1).getFirst();
  }

  /** Whether a server could listen there now. */
  public static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
