package dev.offshoot.embedded;

import dev.offshoot.process.FreePorts;

/** The check every server makes first: what a server itself says about a taken port is hard to read. */
final class Ports {
  private Ports() {
  }

  static void requireFree(String server, int port) {
    if (!FreePorts.isFree(port)) {
      throw taken(server, port);
    }
  }

  static ServerStartException taken(String server, int port) {
    return new ServerStartException(server + " can't listen on 127.0.0.1:" + port
        + ": another process does. Stop that one, or give " + server + " another port.");
  }
}
