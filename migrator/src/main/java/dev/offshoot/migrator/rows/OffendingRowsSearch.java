package dev.offshoot.migrator.rows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.postgresql.util.ServerErrorMessage;

import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.OffendingRows;
import dev.offshoot.migrator.text.SafeText;

/** Looks for the rows of a violated constraint. Nothing that it does is committed. */
public final class OffendingRowsSearch {
  private static final int MOST_COUNTED = 100_000;
  private static final int MOST_KEYS = 10;
  private static final int LONGEST_VALUE = 200;
  private static final String LIMITS = """
      SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL statement_timeout = '3s'; SET LOCAL lock_timeout = '1s';
      SET LOCAL idle_in_transaction_session_timeout = '20s'""";

  private final DataSource sessions;

  /** @param sessions of the environment's role, unswayed by what the branch set for it */
  public OffendingRowsSearch(DataSource sessions) {
    this.sessions = sessions;
  }

  /**
   * What was found, or why nothing was; never throws for what the database says.
   *
   * @param said of the statement that failed
   * @param sql that statement
   */
  public Finding find(ServerErrorMessage said, String sql) {
    Optional<Violation> violation = Violation.of(said);
    if (violation.isEmpty()) {
      return new Finding(Optional.empty(), "the error names no table whose rows are in the way");
    }
    try (Connection session = sessions.getConnection()) {
      session.setAutoCommit(false);
      try (Statement set = session.createStatement()) {
        set.execute(LIMITS);
        return found(session, violation.get(), sql.strip());
      } finally {
        session.rollback();
      }
    } catch (SQLException e) {
      return new Finding(Optional.empty(), "they could not be asked for: " + SafeText.line(String.valueOf(e.getMessage())));
    }
  }

  private static Finding found(Connection session, Violation violation, String sql) throws SQLException {
    boolean alters = Statements.isAlterTable(sql);
    Optional<Table> table = Table.named(session, violation.schema(), violation.table());
    if (table.isEmpty()) {
      return new Finding(Optional.empty(), "the table was made by the same migration, and was rolled back with it");
    }
    Optional<Condition> condition = switch (violation.kind()) {
      case NOT_NULL -> alters ? nulls(table.get(), violation) : Optional.empty();
      case UNIQUE -> violation.verdict().startsWith("is duplicated") ? duplicates(table.get(), violation, sql) : Optional.empty();
      case FOREIGN_KEY, CHECK -> alters ? Constraint.find(session, table.get(), violation.constraint(), sql) : Optional.empty();
    };
    if (condition.isPresent()) {
      return new Finding(Optional.of(asked(session, condition.get())), "");
    }
    return violation.columns().isEmpty()
        ? new Finding(Optional.empty(), alters
            ? "the table's rows or columns were changed by the same migration before, and that was rolled back"
            : "the row is one that the statement would have written")
        : new Finding(Optional.of(reported(violation)), "");
  }

  /** Of a column that is new, every row. */
  private static Optional<Condition> nulls(Table table, Violation violation) {
    String column = violation.column();
    return Optional.of(table.columns().contains(column)
        ? new Condition(table, "t." + Table.quoted(column) + " IS NULL", List.of(column))
        : new Condition(table, "true", List.of()));
  }

  /** An index over some rows or over expressions cannot be told from the message. */
  private static Optional<Condition> duplicates(Table table, Violation violation, String sql) {
    if (!table.columns().containsAll(violation.columns()) || Statements.hasWhere(sql)) {
      return Optional.empty();
    }
    String columns = violation.columns().stream().map(Table::quoted).collect(Collectors.joining(", "));
    String mine = violation.columns().stream().map(column -> "t." + Table.quoted(column)).collect(Collectors.joining(", "));
    return Optional.of(new Condition(table, "(" + mine + ") IN (SELECT " + columns + " FROM " + table.name() + " GROUP BY " + columns
        + " HAVING count(*) > 1)", violation.columns()));
  }

  private static OffendingRows asked(Connection session, Condition condition) throws SQLException {
    long count;
    List<String> keys = new ArrayList<>();
    try (Statement ask = session.createStatement()) {
      try (ResultSet row = ask.executeQuery("SELECT count(*) FROM (SELECT 1 FROM " + condition.table().name() + " AS t WHERE "
          + condition.where() + " LIMIT " + (MOST_COUNTED + 1) + ") found")) {
        row.next();
        count = row.getLong(1);
      }
      List<String> shown = condition.shown();
      String values = shown.stream().map(column -> "left(t." + Table.quoted(column) + "::text, " + LONGEST_VALUE + ")")
          .collect(Collectors.joining(", "));
      if (!shown.isEmpty()) {
        try (ResultSet row = ask.executeQuery("SELECT " + values + " FROM " + condition.table().name() + " AS t WHERE "
            + condition.where() + " LIMIT " + MOST_KEYS)) {
          while (row.next()) {
            keys.add(key(shown, row));
          }
        }
      }
    }
    return new OffendingRows(Optional.of(SafeText.line(condition.query())), condition.columns().stream().map(SafeText::line).toList(),
        Math.min(count, MOST_COUNTED), count > MOST_COUNTED, keys, Method.QUERIED);
  }

  private static String key(List<String> columns, ResultSet row) throws SQLException {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      String value = row.getString(i + 1);
      key.append(i == 0 ? "" : ", ").append(SafeText.line(columns.get(i))).append('=')
          .append(value == null ? "NULL" : Masked.of(value));
    }
    return key.toString();
  }

  private static OffendingRows reported(Violation violation) {
    return new OffendingRows(Optional.empty(), violation.columns().stream().map(SafeText::line).toList(), 1, true,
        List.of(SafeText.line(violation.maskedKey())), Method.REPORTED);
  }

  /**
   * What came of it.
   *
   * @param whyNot empty when something was found
   */
  public record Finding(Optional<OffendingRows> rows, String whyNot) {}
}
