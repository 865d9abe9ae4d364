package dev.offshoot.migrator.flyway;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.flyway.Migrations;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.flyway.SchemaHistory.Row;
import dev.offshoot.migrator.text.SafeText;

/**
 * What a schema history says was applied, as files of a commit in the order of the history.
 *
 * @param batches the files for one run of Flyway after another, each with all that went before: Flyway has an order of its own, which the
 *     history departs from where a version was applied out of order, or a repeatable migration before a versioned one
 * @param changes sentences on what the commit lacks or has otherwise
 * @param obstacle why the history cannot be run again from nothing
 */
public record PastRun(List<List<SourceFile>> batches, List<String> changes, Optional<String> obstacle) {
  private static final int MOST_NAMED = 20;
  private static final Comparator<Row> FLYWAYS = Comparator.comparing((Row row) -> row.parsed().isEmpty())
      .thenComparing(row -> row.parsed().orElse(MigrationVersion.EMPTY)).thenComparing(Row::description);

  public PastRun {
    batches = List.copyOf(batches);
    changes = List.copyOf(changes);
  }

  /** @throws dev.offshoot.worker.Failure when the history is not Flyway's, or the server is in trouble */
  public static PastRun read(EnvironmentDatabase database, FlywayConfig settings, List<SourceFile> files) {
    return of(rows(database, settings), settings, files);
  }

  /** How many migrations the history in a database says were applied. */
  public static int applied(EnvironmentDatabase database, FlywayConfig settings) {
    return applied(rows(database, settings)).size();
  }

  /** How many this one applies. */
  public int migrations() {
    return batches.isEmpty() ? 0 : batches.getLast().size();
  }

  private static List<Row> rows(EnvironmentDatabase database, FlywayConfig settings) {
    try {
      return new SchemaHistory(database, settings).state().rows();
    } catch (SQLException e) {
      throw database.trouble(e);
    }
  }

  static PastRun of(List<Row> rows, FlywayConfig settings, List<SourceFile> files) {
    Optional<String> obstacle = rows.isEmpty() ? Optional.of("it has no history of Flyway's")
        : rows.stream().flatMap(row -> obstacle(row).stream()).findFirst();
    List<Row> applied = applied(rows);
    List<String> changes = new ArrayList<>();
    List<List<SourceFile>> batches = new ArrayList<>();
    List<SourceFile> soFar = new ArrayList<>();
    Optional<Row> before = Optional.empty();
    for (Row row : obstacle.isPresent() ? List.<Row>of() : applied) {
      Optional<SourceFile> file = files.stream().filter(one -> isOf(one, row)).findFirst();
      change(row, file, settings).ifPresent(changes::add);
      if (before.filter(last -> FLYWAYS.compare(last, row) > 0).isPresent()) {
        batches.add(List.copyOf(soFar));
      }
      file.ifPresent(soFar::add);
      before = Optional.of(row);
    }
    if (!soFar.isEmpty()) {
      batches.add(List.copyOf(soFar));
    }
    return new PastRun(changes.isEmpty() ? batches : List.of(), few(changes), obstacle);
  }

  private static List<String> few(List<String> changes) {
    List<String> some = new ArrayList<>(changes.subList(0, Math.min(MOST_NAMED, changes.size())));
    if (changes.size() > MOST_NAMED) {
      some.add("and " + (changes.size() - MOST_NAMED) + " more");
    }
    return some;
  }

  /** Without what was taken back; of a repeatable migration, the last time, since the commit has no earlier text of it. */
  private static List<Row> applied(List<Row> rows) {
    Map<String, Row> applied = new LinkedHashMap<>();
    for (Row row : rows) {
      String key = row.parsed().map(version -> "V" + version).orElseGet(() -> "R" + row.description());
      applied.remove(key);
      if (row.type().equals("SQL")) {
        applied.put(key, row);
      }
    }
    return List.copyOf(applied.values());
  }

  private static Optional<String> obstacle(Row row) {
    String which = "'" + SafeText.line(row.description()) + "'";
    if (!row.success()) {
      return Optional.of("its history has a migration that failed half-way: " + SafeText.line(row.script()));
    }
    return switch (row.type()) {
      case "SQL", "DELETE", "SCHEMA" -> Optional.empty();
      case "BASELINE", "SQL_BASELINE" -> Optional.of("its history begins with a baseline (" + which
          + "): what was there before that is in no migration");
      default -> row.takesBack() ? Optional.empty() : Optional.of("its history has " + which + ", of the type "
          + SafeText.line(row.type()) + ", which is no SQL migration");
    };
  }

  private static boolean isOf(SourceFile file, Row row) {
    Optional<MigrationVersion> version = SchemaHistory.version(file);
    return row.parsed().isPresent() ? version.equals(row.parsed())
        : version.isEmpty() && Migrations.file(file.name()).startsWith("R__")
            && Migrations.description(file.name()).equals(row.description());
  }

  private static Optional<String> change(Row row, Optional<SourceFile> file, FlywayConfig settings) {
    String script = SafeText.line(row.script());
    if (file.isEmpty()) {
      return Optional.of(script + " was applied there, and the commit does not have it");
    }
    boolean replaced = row.parsed().isEmpty() && !settings.placeholders().isEmpty();
    OptionalInt known = replaced ? OptionalInt.empty() : row.checksum();
    return known.isPresent() && known.getAsInt() != checksum(file.get())
        ? Optional.of(script + " was applied there with another text than the commit has") : Optional.empty();
  }

  private static int checksum(SourceFile file) {
    return ChecksumCalculator.calculate(new CommitResources(List.of(file)).getResource(file.name()));
  }
}
