package dev.offshoot.reporter.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.offshoot.flyway.Migrations;
import dev.offshoot.git.GitRepository.Folder;
import dev.offshoot.git.GitRepository.Look;

/** Where Flyway, and Spring Boot for it, would look, and for which names. */
final class FlywayFolders {
  /** Those that it reads without being told to. */
  private static final Set<String> CONFIGURATIONS = Set.of("flyway.conf", "flyway.toml", "flyway.user.toml");
  /** What becomes the classpath of a module, of which Spring reads the root and {@code config}. */
  private static final String RESOURCES = "src/main/resources";
  private static final String FORWARDS = "(?:V[0-9][0-9A-Za-z._]*|R)__.+";
  private static final String RUN = "\\.(?:sql|sh|bash|py|ps1|bat|cmd)";
  /** The events of {@code migrate}; what else Flyway has callbacks for is never done here. */
  private static final Pattern CALLBACK = Pattern.compile(
      "(?:(?:before|after)(?:Connect|Validate|Migrate|EachMigrate|Repeatables|Versioned|CreateSchema)[A-Za-z]*|createSchema)"
          + "(?:__.*)?" + RUN);
  /** Migrations that are no SQL, and those of Flyway's that are not versioned forwards. */
  private static final Pattern OTHER_MIGRATION =
      Pattern.compile(FORWARDS + "\\.(?:sh|bash|py|ps1|bat|cmd|java)|B[0-9][0-9A-Za-z._]*__.+\\.sql");

  private FlywayFolders() {}

  /** What is of interest where; of the migrations' folder and those below it last, since it may have the most. */
  static List<Look> around(String migrations) {
    Set<String> above = new TreeSet<>(Set.of(""));
    for (int slash = migrations.indexOf('/'); slash > 0; slash = migrations.indexOf('/', slash + 1)) {
      above.add(migrations.substring(0, slash));
    }
    Set<String> springs = new TreeSet<>();
    above.forEach(folder ->
        springs.addAll(List.of(folder, in(folder, "config"), in(folder, RESOURCES), in(folder, RESOURCES + "/config"))));
    Set<String> flyways = new TreeSet<>(above);
    flyways.add("conf");
    List<Look> looks = new ArrayList<>();
    flyways.forEach(folder -> looks.add(new Look(Folder.itself(folder), CONFIGURATIONS::contains)));
    springs.forEach(folder -> looks.add(new Look(Folder.itself(folder), SpringText::isRead)));
    looks.add(new Look(Folder.withAllBelow(migrations), name -> CONFIGURATIONS.contains(name) || isCallback(name) || isOtherMigration(name)
        || isHiddenMigration(name) || configured(name).isPresent()));
    return looks;
  }

  private static String in(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  static boolean isCallback(String name) {
    return !Migrations.isHidden(name) && CALLBACK.matcher(Migrations.file(name)).matches();
  }

  static boolean isOtherMigration(String name) {
    return !Migrations.isHidden(name) && OTHER_MIGRATION.matcher(Migrations.file(name)).matches();
  }

  /** One that would be applied if it lay elsewhere. */
  static boolean isHiddenMigration(String name) {
    return Migrations.isHidden(name) && Migrations.isMigration(Migrations.file(name));
  }

  /** The migration that a file configures. */
  static Optional<String> configured(String name) {
    return Optional.of(name).filter(Migrations::configuresOne).map(Migrations::configured);
  }
}
