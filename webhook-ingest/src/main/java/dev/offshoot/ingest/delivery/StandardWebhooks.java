package dev.offshoot.ingest.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.config.Secret;

/**
 * The signature of the Standard Webhooks specification: HMAC-SHA256 over {@code id.timestamp.body}, in base64, as {@code v1,…} in the
 * header {@code webhook-signature}, of which there may be several while a secret is replaced. The timestamp is signed, so what was
 * captured is good for five minutes only.
 */
public final class StandardWebhooks {
  public static final String ID = "webhook-id";
  public static final String TIMESTAMP = "webhook-timestamp";
  public static final String SIGNATURE = "webhook-signature";
  static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String VERSION = "v1,";
  private static final String KEY_PREFIX = "whsec_";
  private static final int MOST_SIGNATURES = 10;
  private static final int SECOND_DIGITS = 12;

  private final Clock clock;

  public StandardWebhooks(Clock clock) {
    this.clock = clock;
  }

  /** Whether the secret is written as the specification writes keys. */
  public static boolean isKey(Secret secret) {
    return secret.reveal().startsWith(KEY_PREFIX);
  }

  /** Whether one of the secrets made one of the signatures, lately. All are tried, in constant time. */
  public boolean signed(Headers headers, byte[] body, List<Secret> secrets) {
    Optional<String> id = headers.first(ID);
    Optional<String> timestamp = headers.first(TIMESTAMP);
    if (id.isEmpty() || timestamp.filter(this::isRecent).isEmpty()) {
      return false;
    }
    byte[] content = content(id.get(), timestamp.get(), body);
    List<byte[]> given = signatures(headers.first(SIGNATURE).orElse(""));
    boolean fits = false;
    for (Secret secret : secrets) {
      byte[] right = signature(content, secret).getBytes(StandardCharsets.US_ASCII);
      for (byte[] each : given) {
        fits |= MessageDigest.isEqual(right, each);
      }
    }
    return fits;
  }

  /** The three headers of a body that is sent now. */
  public Map<String, String> sign(String id, byte[] body, Secret secret) {
    String timestamp = String.valueOf(clock.instant().getEpochSecond());
    return Map.of(ID, id, TIMESTAMP, timestamp, SIGNATURE, VERSION + signature(content(id, timestamp, body), secret));
  }

  private boolean isRecent(String timestamp) {
    if (timestamp.length() > SECOND_DIGITS || !timestamp.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private static byte[] content(String id, String timestamp, byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(id.length() + timestamp.length() + body.length + 2);
    content.writeBytes((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
    content.writeBytes(body);
    return content.toByteArray();
  }

  private static List<byte[]> signatures(String header) {
    return List.of(header.split(" ", MOST_SIGNATURES + 1)).stream()
        .limit(MOST_SIGNATURES)
        .filter(each -> each.startsWith(VERSION))
        .map(each -> each.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static String signature(byte[] content, Secret secret) {
    return Base64.getEncoder().encodeToString(HmacSha256.of(content, key(secret)));
  }

  /** {@code whsec_} and base64 as the specification writes keys; any other text is the key itself. */
  private static byte[] key(Secret secret) {
    String text = secret.reveal();
    if (isKey(secret)) {
      try {
        byte[] key = Base64.getDecoder().decode(text.substring(KEY_PREFIX.length()));
        return key.length == 0 ? secret.bytes() : key;
      } catch (IllegalArgumentException e) {
        return secret.bytes();
      }
    }
    return secret.bytes();
  }
}
