package dev.offshoot.migrator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What an environment's own role sees in its database: two databases with the same fingerprint have the same definitions and the same rows.
 * So "epoch + migrations" can be compared with what a rebuild has made.
 *
 * <p>Left out is what differs from one incarnation to the next: owners and privileges (they name the incarnation), and who applied a
 * migration, when and in how long. Rows that a migration stamps with the time of its run do differ.
 *
 * <p>Law: read in a transaction that changes nothing, with the settings it depends on set for it alone; by the environment's role, never
 * by an administrator, since a branch may have put code of its own behind its tables.
 *
 * @param schema of the definitions, 64 hex digits: reads the catalogue only
 * @param content of the rows, without their order, and of the sequences: reads every table
 */
public record DatabaseFingerprint(String schema, String content) {
  private static final int ROWS_AT_A_TIME = 1_000;

  /** Reads all of it: as long as it takes to read every table. */
  public static DatabaseFingerprint of(Connection session) throws SQLException {
    return reading(session, () -> new DatabaseFingerprint(digest(session, Catalogue.DEFINITIONS), content(session)));
  }

  private static String content(Connection session) throws SQLException {
    MessageDigest digest = sha256();
    add(session, Catalogue.SEQUENCES, digest);
    for (String table : tables(session)) {
      add(session, table, digest);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** One query for each table. */
  private static List<String> tables(Connection session) throws SQLException {
    List<String> queries = new ArrayList<>();
    try (Statement statement = session.createStatement(); ResultSet row = statement.executeQuery(Catalogue.TABLES)) {
      while (row.next()) {
        queries.add(row.getString(1));
      }
    }
    return queries;
  }

  private static String digest(Connection session, String query) throws SQLException {
    MessageDigest digest = sha256();
    add(session, query, digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Every line with its length before it, so that no two lists of lines look alike. */
  private static void add(Connection session, String query, MessageDigest digest) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          byte[] line = String.valueOf(row.getString(1)).getBytes(StandardCharsets.UTF_8);
          digest.update((line.length + ":").getBytes(StandardCharsets.UTF_8));
          digest.update(line);
        }
      }
    }
  }

  private static <T> T reading(Connection session, Reading<T> reading) throws SQLException {
    boolean before = session.getAutoCommit();
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      statement.execute("SELECT set_config('search_path', 'pg_catalog', true), set_config('TimeZone', 'UTC', true),"
          + " set_config('DateStyle', 'ISO', true), set_config('IntervalStyle', 'iso_8601', true),"
          + " set_config('bytea_output', 'hex', true)");
      return reading.read();
    } finally {
      session.rollback();
      session.setAutoCommit(before);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private interface Reading<T> {
    T read() throws SQLException;
  }
}
