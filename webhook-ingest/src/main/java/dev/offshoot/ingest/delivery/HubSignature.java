package dev.offshoot.ingest.delivery;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.Secret;

/**
 * A signature as GitHub began it and others have taken over: {@code sha256=} and HMAC-SHA256 over the raw body in hex, in one header.
 *
 * @param header its name, which differs
 */
public record HubSignature(String header) {
  private static final String PREFIX = "sha256=";

  /** Whether one of the secrets made it. */
  public boolean fits(Headers headers, byte[] body, List<Secret> secrets) {
    return HmacSha256.signed(hex(headers), body, secrets);
  }

  public Optional<String> hex(Headers headers) {
    return headers.first(header).filter(value -> value.startsWith(PREFIX)).map(value -> value.substring(PREFIX.length()));
  }

  /** The header's value. */
  public static String of(byte[] body, Secret secret) {
    return PREFIX + HmacSha256.hex(body, secret);
  }
}
