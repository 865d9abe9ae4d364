package dev.offshoot.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a trace, as W3C Trace Context writes it: {@code 00-<32 hex digits>-<16 hex digits>-01}. The trace of a message is its
 * chain, and its span is derived from its id, so whoever knows {@code chain} and {@code cause} knows the trace and the parent's span.
 *
 * @param trace all that one push or command caused; never all zeros
 * @param span never zero
 */
public record TraceParent(UUID trace, long span) {
  /** Of the header, and of the CloudEvents extension. */
  public static final String NAME = "traceparent";

  /** A later version may add fields behind these; version ff is invalid. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{16})([0-9a-f]{16})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
  private static final int LONGEST = 512;

  public TraceParent {
    if (isZero(trace) || span == 0) {
      throw new IllegalArgumentException("The ids of a trace and a span are not all zeros");
    }
  }

  /** The message's own place. */
  public static TraceParent of(Message message) {
    return new TraceParent(message.chain(), span(message.id()));
  }

  /** The span of an event: the first eight bytes of the SHA-256 of its id. */
  static long span(EventId id) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.value().getBytes(StandardCharsets.UTF_8));
      long span = ByteBuffer.wrap(hash).getLong();
      return span == 0 ? 1 : span;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static boolean isZero(UUID trace) {
    return trace.getMostSignificantBits() == 0 && trace.getLeastSignificantBits() == 0;
  }

  /** What somebody else has written; empty when it is not valid. */
  public static Optional<TraceParent> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.length() > LONGEST ? "" : text);
    if (!matcher.matches() || (matcher.group(1).equals("00") && matcher.group(5) != null)) {
      return Optional.empty();
    }
    UUID trace = new UUID(HexFormat.fromHexDigitsToLong(matcher.group(2)), HexFormat.fromHexDigitsToLong(matcher.group(3)));
    long span = HexFormat.fromHexDigitsToLong(matcher.group(4));
    return isZero(trace) || span == 0 ? Optional.empty() : Optional.of(new TraceParent(trace, span));
  }

  /** 32 hex digits. */
  public static String traceId(UUID trace) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(trace.getMostSignificantBits()) + hex.toHexDigits(trace.getLeastSignificantBits());
  }

  /** As it is written, always with the flag "sampled". */
  @Override
  public String toString() {
    return "00-" + traceId(trace) + '-' + HexFormat.of().toHexDigits(span) + "-01";
  }
}
