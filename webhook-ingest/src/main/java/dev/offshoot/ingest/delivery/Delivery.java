package dev.offshoot.ingest.delivery;

import dev.offshoot.event.Request;

/** What an authentic delivery comes to. */
public sealed interface Delivery {

  /** Something should happen. */
  record Accepted(Request request) implements Delivery {}

  /**
   * Nothing should happen.
   *
   * @param reason why, for whoever looks at the delivery at the git host
   */
  record Ignored(String reason) implements Delivery {}
}
