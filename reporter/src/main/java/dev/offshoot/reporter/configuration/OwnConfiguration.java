package dev.offshoot.reporter.configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.flyway.ScriptConfiguration;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.GitRepository.Glimpse;
import dev.offshoot.git.GitRepository.Look;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.FlywaySetting.Heed;

/**
 * Compares a branch's own files with what the operator has set. Law: of what a file says, only values of keys on a list are repeated, since
 * passwords and licence keys stand there too.
 */
public final class OwnConfiguration {
  private static final int MOST = 50;
  private static final int LONGEST = 100;

  private final String operator;
  private final FlywayConfig settings;
  private final String migrations;
  private final List<FlywaySetting> found = new ArrayList<>();

  private OwnConfiguration(RepositoryKey repository, FlywayConfig settings, String migrations) {
    this.operator = "repositories." + repository + ".";
    this.settings = settings;
    this.migrations = migrations;
  }

  /** Where to look. */
  public static List<Look> places(String migrations) {
    return FlywayFolders.around(migrations);
  }

  /**
   * Pure.
   *
   * @param migrations the folder that they are read from
   */
  public static Excerpt<FlywaySetting> of(RepositoryKey repository, FlywayConfig settings, String migrations, List<Glimpse> files) {
    OwnConfiguration own = new OwnConfiguration(repository, settings, migrations);
    files.forEach(own::file);
    if (files.size() == GitRepository.MOST_GLIMPSES) {
      own.add(migrations, "", "has so many files of that kind that not all were looked at", Heed.RUNS_OTHERWISE);
    }
    return Excerpt.of(own.found, MOST);
  }

  private void file(Glimpse file) {
    if (FlywayFolders.isCallback(file.name())) {
      add(file.path(), "", "is a callback, and no callback of a branch is run", Heed.RUNS_OTHERWISE);
    } else if (FlywayFolders.isOtherMigration(file.name())) {
      add(file.path(), "", "is not applied: only V…__….sql and R__….sql are", Heed.RUNS_OTHERWISE);
    } else if (FlywayFolders.isHiddenMigration(file.name())) {
      add(file.path(), "", "is not applied: Flyway looks into no folder whose name begins with a dot", Heed.NOT_HEEDED);
    } else if (FlywayFolders.configured(file.name()).isPresent()) {
      read(file, file.text().flatMap(ScriptConfiguration::read)).ifPresent(script -> script(file.path(), script));
    } else {
      read(file, file.text().flatMap(text -> ConfigurationText.read(file.name(), text))).ifPresent(keys -> keys(file.path(), keys));
    }
  }

  private <T> Optional<T> read(Glimpse file, Optional<T> content) {
    if (content.isEmpty()) {
      add(file.path(), "", "could not be read: it is larger than 64 KiB, or not of its format", Heed.RUNS_OTHERWISE);
    }
    return content;
  }

  private void script(String file, ScriptConfiguration script) {
    new TreeMap<>(script.keys()).forEach((key, value) -> {
      if (!key.equals(ScriptConfiguration.EXECUTE_IN_TRANSACTION)) {
        add(file, key, "is not heeded", Heed.RUNS_OTHERWISE);
      } else if (script.executeInTransaction().isEmpty()) {
        add(file, key, "is neither true nor false, so Flyway decides by the statements", Heed.RUNS_OTHERWISE);
      } else {
        add(file, key, "is heeded: the migration runs " + (value.equals("true") ? "in" : "outside") + " a transaction", Heed.HEEDED);
      }
    });
  }

  private void keys(String file, Map<String, String> keys) {
    schemas(file, keys);
    new TreeMap<>(keys).forEach((key, value) -> {
      switch (key) {
        case "outOfOrder" -> compared(file, key, value, String.valueOf(settings.outOfOrder()), "flyway.outOfOrder");
        case "table" -> compared(file, key, value, settings.table(), "flyway.table");
        case "schemas", "defaultSchema" -> { }
        case "locations" -> locations(file, value);
        case "placeholderReplacement" -> placeholderReplacement(file, keys, value);
        default -> other(file, key, value);
      }
    });
  }

  private void compared(String file, String key, String value, String here, String setting) {
    if (!value.equalsIgnoreCase(here)) {
      add(file, key, shown(value) + " is not heeded: it is " + shown(here) + " here; " + operator + setting + " sets it", Heed.NOT_HEEDED);
    }
  }

  /** As Flyway has it: the default schema comes first. */
  private void schemas(String file, Map<String, String> keys) {
    List<String> wanted = new ArrayList<>(list(keys.getOrDefault("schemas", "")));
    Optional.ofNullable(keys.get("defaultSchema")).filter(first -> !first.isEmpty()).ifPresent(first -> {
      wanted.remove(first);
      wanted.addFirst(first);
    });
    boolean theOneOfSessions = settings.schemas().isEmpty() && wanted.equals(List.of("public"));
    if (!wanted.isEmpty() && !wanted.equals(settings.schemas()) && !theOneOfSessions) {
      String here = settings.schemas().isEmpty() ? "that of the role's sessions" : shown(String.join(",", settings.schemas()));
      add(file, keys.containsKey("schemas") ? "schemas" : "defaultSchema", shown(String.join(",", wanted)) + " is not heeded: it is " + here
          + " here; " + operator + "flyway.schemas sets it", Heed.NOT_HEEDED);
    }
  }

  private void locations(String file, String value) {
    Set<String> elsewhere = new HashSet<>();
    for (String location : list(value)) {
      String path = location.replaceFirst("^(?:filesystem|classpath):", "").replaceFirst("^(?:\\./|/)+", "").replaceFirst("/+$", "");
      if (!path.equals(migrations) && !migrations.endsWith("/" + path)) {
        elsewhere.add(location);
      }
    }
    elsewhere.stream().sorted().forEach(location -> add(file, "locations", shown(location) + " is not looked into: migrations are read from "
        + shown(migrations) + " alone; " + operator + "migrations sets it", Heed.RUNS_OTHERWISE));
  }

  private void placeholderReplacement(String file, Map<String, String> keys, String value) {
    boolean here = !settings.placeholders().isEmpty();
    boolean asked = value.equalsIgnoreCase("true") && keys.keySet().stream().anyMatch(key -> key.startsWith("placeholders."));
    if (!value.equalsIgnoreCase(String.valueOf(here)) && (asked || here)) {
      compared(file, "placeholderReplacement", value, String.valueOf(here), "flyway.placeholders");
    }
  }

  private void other(String file, String key, String value) {
    if (key.startsWith("placeholders.")) {
      String name = key.substring("placeholders.".length());
      if (!value.equals(settings.placeholders().get(name))) {
        add(file, key, "is not heeded: it is " + (settings.placeholders().containsKey(name) ? "another" : "not set") + " here; " + operator
            + "flyway." + key + " sets it", Heed.NOT_HEEDED);
      }
      return;
    }
    Optional<KnownKey> known = KnownKey.of(key);
    if (known.isPresent()) {
      known.filter(one -> !value.equalsIgnoreCase(one.here())).ifPresent(one -> add(file, key, "is not heeded"
          + (one.here().isEmpty() ? "" : ": it is always " + one.here() + " here"), one.otherwise() ? Heed.RUNS_OTHERWISE : Heed.NOT_HEEDED));
    } else if (!KnownKey.isElsewhere(key)) {
      add(file, key, "is not heeded", Heed.NOT_HEEDED);
    }
  }

  private static List<String> list(String value) {
    return List.of(value.split(",")).stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  private static String shown(String value) {
    return "'" + cut(value) + "'";
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private void add(String file, String key, String says, Heed heed) {
    found.add(new FlywaySetting(cut(file), cut(key), says, heed));
  }
}
