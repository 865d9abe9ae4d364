package dev.offshoot.reporter.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;

import dev.offshoot.flyway.PropertyText;

/** The keys of {@code flyway.conf} and {@code flyway.toml}, alike. */
final class ConfigurationText {
  private static final TomlMapper TOML = new TomlMapper();
  private static final String FLYWAY = "flyway";

  private ConfigurationText() {}

  /** By key, without {@code flyway.}; a list's values stand behind one another, with commas. Empty for what cannot be read. */
  static Optional<Map<String, String>> read(String name, String text) {
    return name.endsWith(".toml") ? toml(text) : PropertyText.read(text);
  }

  private static Optional<Map<String, String>> toml(String text) {
    try {
      Map<String, String> keys = new TreeMap<>();
      flatten("", TOML.readTree(text).path(FLYWAY), keys);
      return Optional.of(keys);
    } catch (IOException | RuntimeException e) { // a stranger's text: whatever the parser makes of it
      return Optional.empty();
    }
  }

  private static void flatten(String key, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties().forEach(child -> flatten(key.isEmpty() ? child.getKey() : key + "." + child.getKey(), child.getValue(), into));
    } else if (node.isArray()) {
      List<String> values = new ArrayList<>();
      node.forEach(value -> values.add(value.asText()));
      into.put(key, String.join(",", values));
    } else if (!key.isEmpty()) {
      into.put(key, node.asText());
    }
  }
}
