package dev.offshoot.reporter.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.reporter.model.FlywaySetting.Heed;

/** What Flyway's keys say, as they stand in one place of a branch, beside what the operator has set. */
final class KeyComparison {
  private static final int LONGEST = 100;

  private final Operators operators;
  private final FlywayConfig settings;
  private final Map<String, String> keys;
  private final List<Difference> found = new ArrayList<>();

  /** @param keys by the names that Flyway has for them, without {@code flyway.} */
  KeyComparison(Operators operators, Map<String, String> keys) {
    this.operators = operators;
    this.settings = operators.settings();
    this.keys = keys;
  }

  /**
   * What is gone by.
   *
   * @param prefix of the operator's keys of this repository
   * @param migrations the folder that they are read from
   */
  record Operators(String prefix, FlywayConfig settings, String migrations) {}

  /** @param says without any value but those of keys that are no secret */
  record Difference(String key, String says, Heed heed) {}

  List<Difference> differences() {
    schemas();
    new TreeMap<>(keys).forEach((key, value) -> {
      switch (key) {
        case "outOfOrder" -> compared(key, value, String.valueOf(settings.outOfOrder()), "flyway.outOfOrder");
        case "table" -> compared(key, value, settings.table(), "flyway.table");
        case "schemas", "defaultSchema" -> { }
        case "locations" -> locations(value);
        case "placeholderReplacement" -> placeholderReplacement(value);
        default -> other(key, value);
      }
    });
    return found;
  }

  private void compared(String key, String value, String here, String setting) {
    if (!value.equalsIgnoreCase(here)) {
      add(key, shown(value) + " is not heeded: it is " + shown(here) + " here; " + operators.prefix() + setting + " sets it",
          Heed.NOT_HEEDED);
    }
  }

  /** As Flyway has it: the default schema comes first. */
  private void schemas() {
    List<String> wanted = new ArrayList<>(list(keys.getOrDefault("schemas", "")));
    Optional.ofNullable(keys.get("defaultSchema")).filter(first -> !first.isEmpty()).ifPresent(first -> {
      wanted.remove(first);
      wanted.addFirst(first);
    });
    boolean theOneOfSessions = settings.schemas().isEmpty() && wanted.equals(List.of("public"));
    if (!wanted.isEmpty() && !wanted.equals(settings.schemas()) && !theOneOfSessions) {
      String here = settings.schemas().isEmpty() ? "that of the role's sessions" : shown(String.join(",", settings.schemas()));
      add(keys.containsKey("schemas") ? "schemas" : "defaultSchema", shown(String.join(",", wanted)) + " is not heeded: it is " + here
          + " here; " + operators.prefix() + "flyway.schemas sets it", Heed.NOT_HEEDED);
    }
  }

  private void locations(String value) {
    List<String> all = list(value);
    all.stream().map(KeyComparison::path).distinct().sorted().filter(path -> !isTheMigrations(path)).forEach(path -> {
      if (!isBelow(path)) {
        add("locations", shown(path) + " is not looked into: migrations are read from " + shown(operators.migrations())
            + " alone, with the folders in it; " + operators.prefix() + "migrations sets it", Heed.RUNS_OTHERWISE);
      } else if (all.stream().map(KeyComparison::path).noneMatch(this::isTheMigrations)) {
        add("locations", shown(path) + " is only a part of what is read: migrations are all in " + shown(operators.migrations())
            + " and the folders in it; " + operators.prefix() + "migrations sets it", Heed.RUNS_OTHERWISE);
      }
    });
  }

  /** From the repository's root, or from that of the classpath. */
  private static String path(String location) {
    return location.replaceFirst("^(?:filesystem|classpath):", "").replaceFirst("^(?:\\./|/)+", "").replaceFirst("/+$", "");
  }

  private boolean isTheMigrations(String path) {
    return path.equals(operators.migrations()) || operators.migrations().endsWith("/" + path);
  }

  private boolean isBelow(String path) {
    return IntStream.range(0, path.length()).filter(i -> path.charAt(i) == '/').anyMatch(i -> isTheMigrations(path.substring(0, i)));
  }

  private void placeholderReplacement(String value) {
    boolean here = !settings.placeholders().isEmpty();
    boolean asked = value.equalsIgnoreCase("true") && keys.keySet().stream().anyMatch(key -> key.startsWith("placeholders."));
    if (!value.equalsIgnoreCase(String.valueOf(here)) && (asked || here)) {
      compared("placeholderReplacement", value, String.valueOf(here), "flyway.placeholders");
    }
  }

  private void other(String key, String value) {
    if (key.startsWith("placeholders.")) {
      String name = key.substring("placeholders.".length());
      if (!value.equals(settings.placeholders().get(name))) {
        add(key, "is not heeded: it is " + (settings.placeholders().containsKey(name) ? "another" : "not set") + " here; "
            + operators.prefix() + "flyway." + key + " sets it", Heed.NOT_HEEDED);
      }
      return;
    }
    Optional<KnownKey> known = KnownKey.of(key);
    if (known.isPresent()) {
      known.filter(one -> !value.equalsIgnoreCase(one.here())).ifPresent(one -> add(key, "is not heeded"
          + (one.here().isEmpty() ? "" : ": it is always " + one.here() + " here"),
          one.otherwise() ? Heed.RUNS_OTHERWISE : Heed.NOT_HEEDED));
    } else if (!KnownKey.isElsewhere(key)) {
      add(key, "is not heeded", Heed.NOT_HEEDED);
    }
  }

  private static List<String> list(String value) {
    return List.of(value.split(",")).stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  private static String shown(String value) {
    return "'" + cut(value) + "'";
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private void add(String key, String says, Heed heed) {
    found.add(new Difference(key, says, heed));
  }
}
