package dev.offshoot.environment;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The name of one snapshot taken of all stores together.
 *
 * @param value {@code e} and the UTC time of the snapshot as {@code yyMMddHHmmssSSS}, so that ids sort by time
 */
public record EpochId(String value) implements Comparable<EpochId> {
  private static final Pattern GRAMMAR = Pattern.compile("e[0-9]{15}");

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

  public EpochId {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException("An epoch is 'e' and 15 digits, for example e261121093000000: '" + value + "' is not");
    }
  }

  /** The epoch taken at a moment. */
  public static EpochId at(Instant moment) {
    return new EpochId("e" + TIME.format(moment));
  }

  /** The moment in its name. */
  public Instant takenAt() {
    return TIME.parse(value.substring(1), Instant::from);
  }

  @Override
  public int compareTo(EpochId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
