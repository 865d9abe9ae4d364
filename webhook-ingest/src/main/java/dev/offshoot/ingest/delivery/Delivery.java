package dev.offshoot.ingest.delivery;

import java.util.List;

import dev.offshoot.event.Request;

/** What an authentic delivery comes to. */
public sealed interface Delivery {

  /**
   * Something should happen.
   *
   * @param requests at least one, each about another branch
   * @param partial whether the delivery does not name everything that happened; what it leaves out is found by comparing branches
   */
  record Accepted(List<Request> requests, boolean partial) implements Delivery {
    public Accepted {
      requests = List.copyOf(requests);
      if (requests.isEmpty()) {
        throw new IllegalArgumentException("A delivery that asks for nothing is ignored, not accepted");
      }
    }

    public Accepted(Request request) {
      this(List.of(request), false);
    }
  }

  /**
   * Nothing should happen.
   *
   * @param reason why, for whoever looks at the delivery at the git host
   */
  record Ignored(String reason) implements Delivery {}
}
