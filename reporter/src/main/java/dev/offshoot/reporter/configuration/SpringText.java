package dev.offshoot.reporter.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.offshoot.flyway.PropertyText;

/**
 * What Spring Boot's files say of Flyway, by Flyway's own names. Spring takes a key in several spellings, so {@code out-of-order} is
 * {@code outOfOrder} (its documentation, "Relaxed Binding"); a file may hold several documents, each for a profile of its own.
 */
final class SpringText {
  static final String PREFIX = "spring.flyway.";
  private static final Pattern FILE = Pattern.compile("application(?:-[^/]+)?\\.(?:properties|ya?ml)");
  private static final Pattern BETWEEN_DOCUMENTS = Pattern.compile("(?m)^[#!]---[ \\t]*$");
  private static final Pattern INDEX = Pattern.compile("\\[\\d{1,9}]$");
  private static final Pattern WITH_DEFAULT = Pattern.compile("\\$\\{[^:{}]*:([^{}]*)}");
  /** Spring's own names, by those of Flyway's that mean the same. */
  private static final Map<String, String> RENAMED = Map.of("init-sqls", "initSql", "initSqls", "initSql", "driver-class-name", "driver",
      "driverClassName", "driver");

  private SpringText() {}

  static boolean isRead(String name) {
    return FILE.matcher(name).matches();
  }

  /** For each document what it says, without {@code spring.flyway.}; empty for what cannot be read. */
  static Optional<List<Map<String, String>>> read(String name, String text) {
    return (name.endsWith(".properties") ? properties(text) : SpringYaml.read(text)).map(documents ->
        documents.stream().map(SpringText::flyways).filter(keys -> !keys.isEmpty()).toList());
  }

  private static Optional<List<Map<String, String>>> properties(String text) {
    List<Map<String, String>> documents = new ArrayList<>();
    for (String document : BETWEEN_DOCUMENTS.split(text, -1)) {
      Optional<Map<String, String>> keys = PropertyText.read(document);
      if (keys.isEmpty()) {
        return Optional.empty();
      }
      documents.add(keys.get());
    }
    return Optional.of(documents);
  }

  private static Map<String, String> flyways(Map<String, String> all) {
    Map<String, String> keys = new TreeMap<>();
    all.forEach((key, value) -> {
      if (key.startsWith(PREFIX)) {
        keys.merge(name(key.substring(PREFIX.length())), value(value), (one, other) -> one + "," + other);
      }
    });
    return keys;
  }

  private static String name(String key) {
    String whole = INDEX.matcher(key).replaceFirst("");
    return whole.startsWith("placeholders.") ? whole : KnownKey.named(RENAMED.getOrDefault(whole, whole));
  }

  /** With the defaults of what comes from elsewhere, and for the one kind of server that there is here. */
  private static String value(String value) {
    return WITH_DEFAULT.matcher(value).replaceAll("$1").replace("{vendor}", "postgresql");
  }
}
