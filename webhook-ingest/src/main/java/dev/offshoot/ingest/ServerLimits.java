package dev.offshoot.ingest;

import java.time.Duration;

/**
 * What one client may take.
 *
 * @param bodyBytes the largest body
 * @param headerBytes all headers together
 * @param idle a connection that is silent for so long is cut
 * @param delivery a body must have come in whole within so long
 * @param stop how long deliveries may take to be answered once the server stops
 */
record ServerLimits(int bodyBytes, int headerBytes, Duration idle, Duration delivery, Duration stop) {
  private static final long BODY_MEMORY = 256L << 20;

  static ServerLimits of(int bodyBytes) {
    return new ServerLimits(bodyBytes, 16 << 10, Duration.ofSeconds(10), Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }

  /** How many deliveries are taken in at a time, so that their bodies fit in memory. */
  int deliveriesAtATime() {
    return Math.clamp(BODY_MEMORY / bodyBytes, 4, 512);
  }
}
