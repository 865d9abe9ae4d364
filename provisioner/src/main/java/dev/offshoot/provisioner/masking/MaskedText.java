package dev.offshoot.provisioner.masking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.Secret;

/** What masks make of a text here; the same that they make of it in PostgreSQL, so that search hits still match rows. */
public record MaskedText(Secret key) {
  /** Digits of a hash; 128 bits. */
  public static final int DIGITS = 32;
  /** Digits in an address. */
  public static final int ADDRESS_DIGITS = 16;
  /** Sixteen, so that four bits choose one. */
  public static final List<String> FIRST = List.of("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gina", "Hugo", "Ida", "Jan", "Kim",
      "Leo", "Mia", "Noah", "Olga", "Paul");
  public static final List<String> LAST = List.of("Ash", "Birch", "Cedar", "Dale", "Elm", "Field", "Grove", "Hill", "Ivy", "Juniper",
      "Lake", "Moss", "Oak", "Pine", "Rowan", "Stone");

  /** Empty where the value goes. */
  public Optional<String> of(MaskRule rule, String value) {
    return switch (rule) {
      case MaskRule.Clear() -> Optional.of(value);
      case MaskRule.Null() -> Optional.empty();
      case MaskRule.Hash() -> Optional.of(digits(value).substring(0, DIGITS));
      case MaskRule.Email() -> Optional.of("user-" + digits(value).substring(0, ADDRESS_DIGITS) + "@example.invalid");
      case MaskRule.Name() -> Optional.of(name(value));
      case MaskRule.Fixed(String fixed) -> Optional.of(fixed);
      case MaskRule.Expression(String sql) -> throw new IllegalArgumentException("Only PostgreSQL can run " + sql);
    };
  }

  private String name(String value) {
    String digits = digits(value);
    return FIRST.get(Character.digit(digits.charAt(0), 16)) + " " + LAST.get(Character.digit(digits.charAt(1), 16));
  }

  private String digits(String value) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest((key.reveal() + value).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
