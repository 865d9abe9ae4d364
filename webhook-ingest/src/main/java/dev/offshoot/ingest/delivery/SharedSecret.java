package dev.offshoot.ingest.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.Secret;

/** A secret that the git host sends along as it is. It proves who sends, and nothing about the body: use it over TLS only. */
public final class SharedSecret {
  private static final byte[] KEY = "compare".getBytes(StandardCharsets.US_ASCII);

  private SharedSecret() {}

  /** Whether it is one of the secrets. Digests are compared, so that neither content nor length shows in the time. */
  public static boolean fits(Optional<String> given, List<Secret> secrets) {
    byte[] digest = HmacSha256.of(given.orElse("").getBytes(StandardCharsets.UTF_8), KEY);
    boolean fits = false;
    for (Secret secret : secrets) {
      fits |= MessageDigest.isEqual(HmacSha256.of(secret.bytes(), KEY), digest);
    }
    return fits && given.isPresent();
  }
}
