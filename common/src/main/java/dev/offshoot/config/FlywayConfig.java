package dev.offshoot.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code flyway:} of a repository: the keys of Flyway's own configuration that only say how migrations are read and ordered. Everything
 * else that Flyway can be told stays as it is.
 *
 * @param outOfOrder whether a version below the newest applied one is applied, instead of being a conflict
 * @param schemas that migrations work in, the first with the history; empty for the one that the role's sessions see first
 * @param table the history's name
 * @param placeholders what stands for a placeholder of this name in a migration; without any, none is looked for
 */
public record FlywayConfig(boolean outOfOrder, List<String> schemas, String table, Map<String, String> placeholders) {
  public static final String DEFAULT_TABLE = "flyway_schema_history";
  public static final FlywayConfig DEFAULT = new FlywayConfig(false, List.of(), DEFAULT_TABLE, Map.of());

  public FlywayConfig {
    schemas = List.copyOf(schemas);
    placeholders = Map.copyOf(placeholders);
  }

  /** The schema of the history; empty for the one that the role's sessions see first. */
  public Optional<String> historySchema() {
    return schemas.stream().findFirst();
  }

  /** In the order of their names. */
  Map<String, String> sortedPlaceholders() {
    return new TreeMap<>(placeholders);
  }
}
