package dev.offshoot.ingest.delivery;

import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;

/**
 * The git host's id of a delivery; the same when the host sends it again.
 *
 * @param value 1 to 200 printable ASCII characters
 */
public record DeliveryId(String value) {
  private static final int MAX_LENGTH = 200;

  public DeliveryId {
    if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new MalformedDelivery(
          "The header with the delivery's id must be 1 to 200 printable ASCII characters. "
              + "Send the delivery as the git host made it.");
    }
  }

  /** The id of the event this delivery leads to: the same for the same delivery. */
  public EventId event(RepositoryKey hook) {
    return EventId.derived("delivery " + hook + ' ' + value);
  }
}
