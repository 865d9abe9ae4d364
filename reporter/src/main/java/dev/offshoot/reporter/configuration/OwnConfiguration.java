package dev.offshoot.reporter.configuration;

import java.util.LinkedHashSet;
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
  private static final String TOO_STRANGE = "could not be read: it is larger than 64 KiB, or not of its format";

  private final KeyComparison.Operators operators;
  private final Set<FlywaySetting> found = new LinkedHashSet<>();

  private OwnConfiguration(KeyComparison.Operators operators) {
    this.operators = operators;
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
    OwnConfiguration own = new OwnConfiguration(new KeyComparison.Operators("repositories." + repository + ".", settings, migrations));
    files.forEach(own::file);
    if (files.size() == GitRepository.MOST_GLIMPSES) {
      own.add(migrations, "", "has so many files of that kind that not all were looked at", Heed.RUNS_OTHERWISE);
    }
    return Excerpt.of(List.copyOf(own.found), MOST);
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
    } else if (SpringText.isRead(file.name())) {
      spring(file);
    } else {
      read(file, file.text().flatMap(text -> ConfigurationText.read(file.name(), text))).ifPresent(keys -> keys(file.path(), "", keys));
    }
  }

  /** Most of what stands there is not about Flyway, so that one cannot be read is no reason to think that Flyway runs otherwise. */
  private void spring(Glimpse file) {
    Optional<List<Map<String, String>>> documents = file.text().flatMap(text -> SpringText.read(file.name(), text));
    documents.ifPresentOrElse(all -> all.forEach(keys -> keys(file.path(), SpringText.PREFIX, keys)),
        () -> add(file.path(), "", TOO_STRANGE + "; what it says of Flyway is not compared", Heed.NOT_HEEDED));
  }

  private void keys(String file, String prefix, Map<String, String> keys) {
    new KeyComparison(operators, keys).differences().forEach(one -> add(file, prefix + one.key(), one.says(), one.heed()));
  }

  private <T> Optional<T> read(Glimpse file, Optional<T> content) {
    if (content.isEmpty()) {
      add(file.path(), "", TOO_STRANGE, Heed.RUNS_OTHERWISE);
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

  private void add(String file, String key, String says, Heed heed) {
    found.add(new FlywaySetting(KeyComparison.cut(file), KeyComparison.cut(key), says, heed));
  }
}
