package dev.offshoot.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code flyway:} of a repository. */
final class FlywayReader {
  private static final int MOST_SCHEMAS = 50;
  private static final int MOST_PLACEHOLDERS = 100;
  private static final int LONGEST_VALUE = 4_000;
  private static final int POSTGRES_NAME_BYTES = 63;
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\"]+");
  /** Flyway's own begin with {@code flyway:}. */
  private static final Pattern PLACEHOLDER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

  private FlywayReader() {}

  static FlywayConfig read(Section flyway) {
    FlywayConfig usual = FlywayConfig.DEFAULT;
    List<String> schemas = flyway.isAsked("schemas") ? flyway.texts("schemas", MOST_SCHEMAS, "[\"shop\", \"audit\"]") : usual.schemas();
    if (schemas.stream().anyMatch(name -> !isName(name) || name.startsWith("pg_") || name.equals("information_schema"))) {
      flyway.problem("schemas", "holds what is no schema of yours; write names of at most 63 bytes, without quotes");
    }
    if (schemas.stream().distinct().count() < schemas.size()) {
      flyway.problem("schemas", "names a schema twice");
    }
    String table = flyway.textOr("table", usual.table());
    if (!isName(table)) {
      flyway.problem("table", "is not the name of a table; write at most 63 bytes, without quotes");
    }
    FlywayConfig config =
        new FlywayConfig(flyway.flag("outOfOrder", usual.outOfOrder()), schemas, table, placeholders(flyway));
    flyway.end();
    return config;
  }

  private static boolean isName(String name) {
    return NAME.matcher(name).matches() && name.getBytes(StandardCharsets.UTF_8).length <= POSTGRES_NAME_BYTES;
  }

  private static Map<String, String> placeholders(Section flyway) {
    Map<String, String> placeholders = flyway.values("placeholders", "<name>");
    if (placeholders.size() > MOST_PLACEHOLDERS) {
      flyway.problem("placeholders", "are more than " + MOST_PLACEHOLDERS);
    }
    placeholders.forEach((name, value) -> {
      if (!PLACEHOLDER.matcher(name).matches()) {
        flyway.problem("placeholders." + name, "is not a placeholder's name; write a letter, then letters, digits, '_', '.' and '-'");
      } else if (value.length() > LONGEST_VALUE) {
        flyway.problem("placeholders." + name, "is longer than " + LONGEST_VALUE + " characters");
      }
    });
    return placeholders;
  }
}
