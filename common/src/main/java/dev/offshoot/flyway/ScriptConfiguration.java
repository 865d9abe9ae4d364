package dev.offshoot.flyway;

import java.util.Map;
import java.util.Optional;

/**
 * What stands beside one migration, as in {@code V2__pages.sql.conf}. One key is heeded: {@code executeInTransaction}, which gives SQL
 * nothing that it could not do anyhow, and decides how it runs.
 *
 * @param keys by name, without {@code flyway.}
 */
public record ScriptConfiguration(Map<String, String> keys) {
  public static final String SUFFIX = ".conf";
  public static final String EXECUTE_IN_TRANSACTION = "executeInTransaction";

  public ScriptConfiguration {
    keys = Map.copyOf(keys);
  }

  /** Empty for what is no configuration. */
  public static Optional<ScriptConfiguration> read(String text) {
    return PropertyText.read(text).map(ScriptConfiguration::new);
  }

  /** Whether the migration is to run in a transaction; empty where nothing readable is said of it. */
  public Optional<Boolean> executeInTransaction() {
    return Optional.ofNullable(keys.get(EXECUTE_IN_TRANSACTION)).flatMap(value -> switch (value) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    });
  }

  /** What of it is heeded, as a file of its own: nothing else of the branch's reaches Flyway. */
  public Optional<String> heeded() {
    return executeInTransaction().map(value -> EXECUTE_IN_TRANSACTION + "=" + value + "\n");
  }
}
