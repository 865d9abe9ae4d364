package dev.offshoot.ingest.delivery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.offshoot.environment.GitRef;
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

  /** Of a git host that sends no id: the body tells its deliveries apart. */
  public static DeliveryId ofBody(byte[] body) {
    try {
      return new DeliveryId("sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The id of the one event that this delivery leads to: the same for the same delivery. */
  public EventId event(RepositoryKey hook) {
    return EventId.derived("delivery " + hook + ' ' + value);
  }

  /**
   * The id of one event of several. It goes by the branch and not by the place in the list: a delivery that is sent again after the
   * configuration has changed may lead to fewer.
   */
  public EventId event(RepositoryKey hook, GitRef ref) {
    return EventId.derived("delivery " + hook + ' ' + value + ' ' + ref);
  }
}
