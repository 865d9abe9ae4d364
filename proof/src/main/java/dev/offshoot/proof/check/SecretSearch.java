package dev.offshoot.proof.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.offshoot.proof.check.Evidence.Leak;

/** Looks for credentials in bytes, whatever they mean. */
final class SecretSearch {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int PASSWORD = 40;

  private final Map<String, String> names = new LinkedHashMap<>();

  /**
   * Knows the configuration's secrets and derives the passwords.
   *
   * @param resources the names of all databases and roles that were ever given
   */
  SecretSearch(World.Secrets secrets, Iterable<String> resources) {
    names.put(secrets.masterKey(), "the master key");
    secrets.others().forEach(secret -> names.put(secret, "a secret of the configuration"));
    secrets.canary().ifPresent(canary -> names.put(canary, "a value of Staging's that must be masked"));
    for (String resource : resources) {
      for (String text : List.of("POSTGRES " + resource, "SOLR " + resource, "REDIS " + resource, "REDIS a_" + resource)) {
        names.put(derived(secrets.masterKey(), text), "the password of " + text);
      }
    }
  }

  /** The first bits of an HMAC as base32: five bits a letter. */
  static String derived(String masterKey, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(masterKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      StringBuilder password = new StringBuilder();
      int bits = 0;
      int held = 0;
      for (byte next : mac.doFinal(text.getBytes(StandardCharsets.UTF_8))) {
        held = (held << 8) | (next & 0xff);
        for (bits += 8; bits >= 5 && password.length() < PASSWORD; bits -= 5) {
          password.append(ALPHABET.charAt((held >> (bits - 5)) & 31));
        }
        held &= (1 << bits) - 1;
      }
      return password.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  List<Leak> in(String where, String text) {
    List<Leak> leaks = new ArrayList<>();
    names.forEach((secret, what) -> {
      if (text.contains(secret)) {
        leaks.add(new Leak(what, where));
      }
    });
    return leaks;
  }

  /** Reads a file as bytes; one that is gone has nothing in it. */
  List<Leak> in(Path file) {
    try {
      return in(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
