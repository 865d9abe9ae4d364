package dev.offshoot.reporter.configuration;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.offshoot.flyway.ScriptConfiguration;

/** Where Flyway would look, and for which names. */
final class FlywayFolders {
  /** Those that it reads without being told to. */
  private static final Set<String> CONFIGURATIONS = Set.of("flyway.conf", "flyway.toml", "flyway.user.toml");
  private static final String FORWARDS = "(?:V[0-9][0-9A-Za-z._]*|R)__.+";
  private static final Pattern CONFIGURED = Pattern.compile(FORWARDS + "\\.sql");
  private static final String RUN = "\\.(?:sql|sh|bash|py|ps1|bat|cmd)";
  /** The events of {@code migrate}; what else Flyway has callbacks for is never done here. */
  private static final Pattern CALLBACK = Pattern.compile(
      "(?:(?:before|after)(?:Connect|Validate|Migrate|EachMigrate|Repeatables|Versioned|CreateSchema)[A-Za-z]*|createSchema)"
          + "(?:__.*)?" + RUN);
  /** Migrations that are no SQL, and those of Flyway's that are not versioned forwards. */
  private static final Pattern OTHER_MIGRATION =
      Pattern.compile(FORWARDS + "\\.(?:sh|bash|py|ps1|bat|cmd|java)|B[0-9][0-9A-Za-z._]*__.+\\.sql");

  private FlywayFolders() {}

  /** By folder, what of it is of interest. */
  static SortedMap<String, Predicate<String>> around(String migrations) {
    SortedMap<String, Predicate<String>> folders = new TreeMap<>();
    folders.put("", CONFIGURATIONS::contains);
    folders.put("conf", CONFIGURATIONS::contains);
    for (int slash = migrations.indexOf('/'); slash > 0; slash = migrations.indexOf('/', slash + 1)) {
      folders.put(migrations.substring(0, slash), CONFIGURATIONS::contains);
    }
    folders.put(migrations, name -> CONFIGURATIONS.contains(name) || isCallback(name) || isOtherMigration(name) || configured(name).isPresent());
    return folders;
  }

  static boolean isCallback(String name) {
    return CALLBACK.matcher(name).matches();
  }

  static boolean isOtherMigration(String name) {
    return OTHER_MIGRATION.matcher(name).matches();
  }

  /** The migration that a file configures. */
  static Optional<String> configured(String name) {
    return Optional.of(name).filter(file -> file.endsWith(ScriptConfiguration.SUFFIX))
        .map(file -> file.substring(0, file.length() - ScriptConfiguration.SUFFIX.length())).filter(CONFIGURED.asMatchPredicate());
  }
}
