package dev.offshoot.migrator.flyway;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.flyway.Migrations;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Failure;

/**
 * What Flyway's history table says. The branch owns the table and can fill it with anything, so it is read within
 * limits, and each reading is a check too: what is over them must never reach Flyway, which reads the table whole.
 */
final class SchemaHistory {
  private static final int MOST_ROWS = 10_000;
  /** Flyway's own columns hold less than 2,000 characters in all. */
  private static final int LARGEST_ROW_BYTES = 8_192;

  private final EnvironmentDatabase database;
  private final FlywayConfig settings;

  SchemaHistory(EnvironmentDatabase database, FlywayConfig settings) {
    this.database = database;
    this.settings = settings;
  }

  /** As it is now. */
  State state() throws SQLException {
    return new State(rows());
  }

  private List<Row> rows() throws SQLException {
    Optional<String> table = database.schemaHistory(settings);
    if (table.isEmpty()) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    try (Connection session = database.unswayed().getConnection();
        Statement ask = session.createStatement();
        ResultSet row = ask.executeQuery(query(table.get()))) {
      while (row.next()) {
        if (row.getBoolean(8)) {
          throw foreign(settings.table(), "it has rows of more than " + LARGEST_ROW_BYTES + " bytes");
        }
        rows.add(new Row(row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5),
            Duration.ofMillis(row.getInt(6)), row.getBoolean(7), row.getString(9), checksum(row.getInt(10), row.wasNull())));
      }
    }
    if (rows.size() > MOST_ROWS) {
      throw foreign(settings.table(), "it has more than " + MOST_ROWS + " rows");
    }
    return rows.stream().sorted(Comparator.comparingInt(Row::rank)).toList();
  }

  /** Empty for a repeatable migration, and for a name that Flyway will refuse. */
  static Optional<MigrationVersion> version(SourceFile file) {
    String name = Migrations.file(file.name());
    int end = name.indexOf("__");
    try {
      return name.startsWith("V") && end > 1
          ? Optional.of(MigrationVersion.fromVersion(name.substring(1, end)))
          : Optional.empty();
    } catch (FlywayException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt checksum(int value, boolean isNull) {
    return isNull ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** Output functions and not casts, which the owner of a type can define. */
  private static String query(String table) {
    return """
        SELECT h.installed_rank, pg_catalog.left(pg_catalog.concat(h.version), 100),
          pg_catalog.left(pg_catalog.concat(h.description), 200), pg_catalog.left(pg_catalog.concat(h.script), 1000),
          pg_catalog.left(pg_catalog.concat(h.type), 20), h.execution_time, h.success,
          pg_catalog.octet_length(pg_catalog.concat(h.*)) > %d,
          pg_catalog.left(pg_catalog.concat(h.installed_by), 100), h.checksum
        FROM %s h LIMIT %d""".formatted(LARGEST_ROW_BYTES, table, MOST_ROWS + 1);
  }

  /** For a table that somebody else than Flyway wrote into. */
  static Failure foreign(String table, String why) {
    return new Failure(Failure.Kind.INVALID, "The table " + SafeText.line(table) + " is not Flyway's any more: " + why
        + ". Make the environment anew ('offshoot env destroy NAME', then 'offshoot env create'),"
        + " and leave that table to Flyway");
  }

  /** What it said at a moment. */
  record State(List<Row> rows) {
    State {
      rows = List.copyOf(rows);
    }

    /** The newest version; empty when there is none. */
    String version() {
      Set<MigrationVersion> versions = new TreeSet<>();
      for (Row row : rows) {
        if (row.takesBack()) {
          row.parsed().ifPresent(versions::remove);
        } else {
          row.parsed().ifPresent(versions::add);
        }
      }
      return versions.stream().reduce((_, later) -> later).map(Object::toString).orElse("");
    }

    /** Whether this environment applied a version above these, which Flyway passes over: of Staging's such are no conflict. */
    boolean hasOwnAbove(List<SourceFile> files, String role) {
      Optional<MigrationVersion> newest = files.stream().map(SchemaHistory::version).flatMap(Optional::stream)
          .max(Comparator.naturalOrder());
      return rows.stream().filter(row -> !row.takesBack() && Installer.isOurs(row.by(), role)).map(Row::parsed)
          .flatMap(Optional::stream)
          .anyMatch(version -> newest.filter(last -> version.compareTo(last) <= 0).isEmpty());
    }

    /** What was applied without failure since it said that. */
    List<AppliedMigration> since(State before) {
      Set<Integer> known = before.rows.stream().map(Row::rank).collect(Collectors.toSet());
      return rows.stream()
          .filter(row -> !known.contains(row.rank()) && row.success() && !row.takesBack())
          .map(Row::applied)
          .toList();
    }
  }

  /**
   * One migration's.
   *
   * @param checksum of its text, where it has one
   */
  record Row(
      int rank, String version, String description, String script, String type, Duration took, boolean success, String by,
      OptionalInt checksum) {

    /** A deletion by 'flyway repair', or an undo, is a row too. */
    boolean takesBack() {
      return type.equals("DELETE") || type.startsWith("UNDO");
    }

    Optional<MigrationVersion> parsed() {
      return Optional.of(version).filter(text -> !text.isEmpty()).map(MigrationVersion::fromVersion);
    }

    AppliedMigration applied() {
      return new AppliedMigration(SafeText.line(version), SafeText.line(description), SafeText.line(script), took);
    }
  }
}
