package dev.offshoot.config;

import java.nio.charset.StandardCharsets;

/** A value that must never be seen: it prints as stars. */
public record Secret(String reveal) {
  public Secret {
    if (reveal.isEmpty()) {
      throw new IllegalArgumentException("A secret must not be empty");
    }
  }

  /** The value in UTF-8. */
  public byte[] bytes() {
    return reveal.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "****";
  }
}
