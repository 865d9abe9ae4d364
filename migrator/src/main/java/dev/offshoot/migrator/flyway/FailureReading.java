package dev.offshoot.migrator.flyway;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.migrator.text.SafeText;

/** Reads from what Flyway threw what a developer can act on; rethrows what is the server's trouble. */
final class FailureReading {
  /** Flyway says where it could not parse only in words, behind the file's path. */
  private static final String PLACE = "(?: \\([^)]*\\))? at line (\\d{1,9})(?!\\d)";
  /** {@code docs/operations.md} says it at more length. */
  private static final String BASELINE = "Run 'flyway baseline' on Staging at the version it is at, take a snapshot ('offshoot snapshot take'),"
      + " then destroy the environment and create it again";
  /** duplicate_table, duplicate_object, duplicate_function, duplicate_schema, duplicate_column */
  private static final Set<String> ALREADY_THERE = Set.of("42P07", "42710", "42723", "42P06", "42701");
  private static final Pattern LINE_OF_NEXT = Pattern.compile(
      "^Detected both transactional and non-transactional .*? at line (\\d{1,9})(?!\\d)");

  private final Flyway flyway;
  private final String role;

  FailureReading(Flyway flyway, String role) {
    this.flyway = flyway;
    this.role = role;
  }

  MigrationResult.End of(FlywayException thrown) {
    if (thrown instanceof FlywayValidateException) {
      return new HistoryConflict(flyway, role).read();
    }
    if (thrown.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return new MigrationResult.Stopped(MigrationFailure.of(
          "The database has tables but no " + SafeText.line(flyway.getConfiguration().getTable()) + ": Staging was not made with Flyway. "
          + BASELINE));
    }
    Optional<FlywaySqlScriptException> script = cause(thrown, FlywaySqlScriptException.class);
    Optional<SQLException> sql = cause(thrown, SQLException.class);
    if (script.isPresent() && sql.isPresent()) {
      return new MigrationResult.Stopped(statementFailed(thrown, script.get(), sql.get()));
    }
    if (sql.isPresent()) {
      throw new DatabaseTrouble(sql.get());
    }
    return new MigrationResult.Stopped(unparsed(thrown));
  }

  private MigrationFailure statementFailed(FlywayException thrown, FlywaySqlScriptException script,
      SQLException sql) {
    boolean kept = cause(thrown, FlywayMigrateException.class).filter(m -> !m.isExecutableInTransaction()).isPresent();
    String reason = reason(sql) + (kept
        ? ". This migration runs without a transaction: what it did before this statement stays."
            + " The next push makes the environment anew"
        : "") + (ALREADY_THERE.contains(String.valueOf(sql.getSQLState())) && flyway.info().current() == null
            ? ". Flyway's history is empty: where Staging has this already, it was not made with Flyway. " + BASELINE
            : "");
    return new MigrationFailure(
        SafeText.line(reason),
        Optional.ofNullable(script.getResource()).map(r -> SafeText.line(r.getRelativePath())),
        Optional.of(script.getLineNumber() + linesBefore(script.getStatement(), sql)),
        Optional.of(SafeText.block(script.getStatement())),
        Optional.ofNullable(sql.getSQLState()));
  }

  /** The server's message and hint. Its detail is left out, since it quotes rows. */
  static String reason(SQLException sql) {
    return serverMessage(sql)
        .map(m -> m.getSeverity() + ": " + m.getMessage() + Optional.ofNullable(m.getHint()).map(h -> " (" + h + ")")
            .orElse(""))
        .orElseGet(() -> String.valueOf(sql.getMessage()));
  }

  /** How many lines of a statement come before the place the server points at. */
  private static int linesBefore(String statement, SQLException sql) {
    int position = serverMessage(sql).filter(m -> m.getInternalQuery() == null).map(ServerErrorMessage::getPosition)
        .orElse(0);
    return (int) statement.codePoints().limit(Math.max(0, position - 1)).filter(c -> c == '\n').count();
  }

  static Optional<ServerErrorMessage> serverMessage(SQLException sql) {
    return sql instanceof PSQLException e ? Optional.ofNullable(e.getServerErrorMessage()) : Optional.empty();
  }

  private MigrationFailure unparsed(FlywayException thrown) {
    String said = String.valueOf(thrown.getMessage());
    List<String> found = place(said).or(() -> refused(said)).orElse(List.of());
    return new MigrationFailure(
        SafeText.line(said),
        found.stream().findFirst().map(SafeText::line),
        found.stream().skip(1).findFirst().map(Integer::valueOf),
        Optional.empty(),
        Optional.empty());
  }

  /** The script and the line; a path may have anything in it, so it is looked for and not taken apart. */
  private Optional<List<String>> place(String said) {
    return flyway.getConfiguration().getResourceProvider().getResources("", flyway.getConfiguration().getSqlMigrationSuffixes()).stream()
        .flatMap(file -> Pattern.compile(" in " + Pattern.quote(file.getAbsolutePath()) + PLACE).matcher(said).results().limit(1)
            .map(line -> List.of(file.getRelativePath(), line.group(1)))).findFirst();
  }

  /** Of a script that mixes both kinds of statements Flyway says the line only: it is the one that was to be run next. */
  private Optional<List<String>> refused(String said) {
    Matcher line = LINE_OF_NEXT.matcher(said);
    MigrationInfo[] pending = line.find() ? flyway.info().pending() : new MigrationInfo[0];
    return pending.length == 0 ? Optional.empty() : Optional.of(List.of(pending[0].getScript(), line.group(1)));
  }

  static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }
}
