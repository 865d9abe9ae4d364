package dev.offshoot.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;

/**
 * Derives the password of an environment's store: HMAC-SHA256 of the master key over the store and the incarnation's resource name, as
 * 40 base32 characters (200 bits). Whoever holds the master key can derive all; nobody has to keep any.
 */
public final class Credentials {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 40;

  private final CredentialsConfig config;

  public Credentials(CredentialsConfig config) {
    this.config = config;
  }

  /** The id of the master key in use, to be recorded with what was derived. */
  public String keyId() {
    return config.keyId();
  }

  /** The password of one store of one incarnation. */
  public Secret password(ResourceName resource, StoreKind store) {
    return derive(store.name() + ' ' + resource.value());
  }

  /** What the hashes of masked values of a repository are keyed with, in all its stores and snapshots. */
  public Secret maskingKey(RepositoryKey repository) {
    // no resource's name has a space
    return derive("masking of " + repository.value());
  }

  private Secret derive(String text) {
    byte[] mac;
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(config.masterKey().bytes(), "HmacSHA256"));
      mac = hmac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
    StringBuilder password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      int bit = i * 5;
      int pair = ((mac[bit / 8] & 0xff) << 8) | (mac[Math.min(bit / 8 + 1, mac.length - 1)] & 0xff);
      password.append(BASE32.charAt((pair >> (11 - bit % 8)) & 31));
    }
    return new Secret(password.toString());
  }
}
