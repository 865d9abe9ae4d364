package dev.offshoot.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a letter lies in {@code offshoot.dead-letters}, written {@code partition-offset}: its name for people. */
public record DeadLetterId(int partition, long offset) implements Comparable<DeadLetterId> {
  private static final Pattern GRAMMAR = Pattern.compile("([0-9]{1,6})-([0-9]{1,18})");

  /** @throws IllegalArgumentException when the text names no letter */
  public static DeadLetterId parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("A dead letter's id looks like 7-42; 'offshoot dead-letters list' shows them");
    }
    return new DeadLetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  @Override
  public int compareTo(DeadLetterId other) {
    return partition == other.partition
        ? Long.compare(offset, other.offset)
        : Integer.compare(partition, other.partition);
  }

  @Override
  public String toString() {
    return partition + "-" + offset;
  }
}
