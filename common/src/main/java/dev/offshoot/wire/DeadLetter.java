package dev.offshoot.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.offshoot.event.EventId;
import dev.offshoot.event.Message;

/**
 * A record that no retry could handle, as it lies in {@code offshoot.dead-letters}.
 *
 * @param key the record's key, whatever somebody put there; empty text for none
 * @param headers all of them, in order, ours at the end
 * @param settled what a person has done about it since
 */
public record DeadLetter(
    DeadLetterId id, Origin origin, String key, List<Header> headers, Content content, Optional<Settlement> settled) {
  public DeadLetter {
    headers = List.copyOf(headers);
  }

  DeadLetter settledAs(Optional<Settlement> settlement) {
    return new DeadLetter(id, origin, key, headers, content, settlement);
  }

  /** What it is about: of an event its environment, else the key as it came. */
  public String environment() {
    return switch (content) {
      case Content.Decoded(Message message) -> message.environment().value();
      case Content.Undecodable _ -> key;
    };
  }

  /**
   * Which worker gave up on which record, when and why.
   *
   * @param worker empty text where a header is missing, as in a record that no worker of ours has put there
   * @param topic where the record was read, at this partition and offset
   * @param attempts 0 when it was never tried
   */
  public record Origin(
      String worker, String topic, int partition, long offset, int attempts, String reason, Instant time) {}

  /** A header's value as text; bytes that are no UTF-8 are shown as {@code \xNN}. */
  public record Header(String name, String value) {}

  /** What the record turned out to be. */
  public sealed interface Content {

    /** An event of ours. */
    record Decoded(Message message) implements Content {}

    /**
     * None.
     *
     * @param reason what is wrong with it
     * @param text the beginning of its value; bytes that are no printable ASCII as {@code \xNN}
     * @param bytes the length of its value
     */
    record Undecodable(String reason, String text, int bytes) implements Content {}
  }

  /**
   * The end of a letter: a record beside it that names it.
   *
   * @param request the request that a retry has put on {@code offshoot.requests}
   */
  public record Settlement(How how, String actor, Instant time, Optional<EventId> request) {}

  /** What was done. */
  public enum How {
    RETRIED,
    DISCARDED
  }
}
