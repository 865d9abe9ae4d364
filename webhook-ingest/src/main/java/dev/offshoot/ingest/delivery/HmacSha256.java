package dev.offshoot.ingest.delivery;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.offshoot.config.Secret;

/** The signature that git hosts put on a delivery: HMAC-SHA256 over the raw body, in hex. */
public final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private HmacSha256() {}

  /** Whether one of the secrets made the signature. Each is tried, in constant time, also after one fitted. */
  public static boolean signed(Optional<String> hex, byte[] body, List<Secret> secrets) {
    if (hex.isEmpty() || !HEX.matcher(hex.get()).matches()) {
      return false;
    }
    byte[] given = HexFormat.of().parseHex(hex.get());
    boolean fits = false;
    for (Secret secret : secrets) {
      fits |= MessageDigest.isEqual(of(body, secret.bytes()), given);
    }
    return fits;
  }

  public static String hex(byte[] body, Secret secret) {
    return HexFormat.of().formatHex(of(body, secret.bytes()));
  }

  static byte[] of(byte[] content, byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
