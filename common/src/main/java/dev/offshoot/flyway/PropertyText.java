package dev.offshoot.flyway;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** {@code key=value} lines, as in {@code flyway.conf}. */
public final class PropertyText {
  private static final String PREFIX = "flyway.";

  private PropertyText() {}

  /** By key, without {@code flyway.}; empty where the text cannot be read so. */
  public static Optional<Map<String, String>> read(String text) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    Map<String, String> keys = new TreeMap<>();
    lines.stringPropertyNames().forEach(name -> keys.put(withoutPrefix(name), lines.getProperty(name, "").strip()));
    return Optional.of(keys);
  }

  private static String withoutPrefix(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }
}
