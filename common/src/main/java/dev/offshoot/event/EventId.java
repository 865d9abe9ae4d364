package dev.offshoot.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The id of an event: CloudEvents {@code id}, unique within its source.
 *
 * @param value 1 to 200 printable ASCII characters
 */
public record EventId(String value) {
  public EventId {
    if (value.isEmpty() || value.length() > 200 || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("An event's id is 1 to 200 printable ASCII characters");
    }
  }

  /** A random one, for what happens once. */
  public static EventId random() {
    return new EventId(UUID.randomUUID().toString());
  }

  /** The same id for the same text, so that saying a thing twice is seen to be the same thing. */
  public static EventId derived(String text) {
    return new EventId(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
