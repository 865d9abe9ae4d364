package dev.offshoot.proof.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks into the files of databases, as the server has written them: at every byte, so also at rows that are dead, at indexes and at what
 * the planner has noted; and at templates, which nobody can connect to.
 */
final class DatabaseFiles {
  private final Optional<String> canary;
  /** What was looked at under the name that it has: number and name. One that is unfinished is looked at again. */
  private final Set<String> seen = new HashSet<>();
  private final Set<String> found = new HashSet<>();

  DatabaseFiles(Optional<String> canary) {
    this.canary = canary;
  }

  /**
   * The names of those that hold the canary.
   *
   * @param home a session of the server, which lies on this machine
   * @param databases names by number
   */
  Set<String> holding(Connection home, Map<Long, String> databases) throws SQLException {
    if (canary.isEmpty()) {
      return Set.of();
    }
    Path base = flushed(home);
    Set<String> holding = new TreeSet<>();
    for (Map.Entry<Long, String> database : databases.entrySet()) {
      String key = database.getKey() + " " + database.getValue();
      if (seen.add(key) && holds(base.resolve(database.getKey().toString()), canary.get())) {
        found.add(key);
      }
      if (found.contains(key)) {
        holding.add(database.getValue());
      }
      if (database.getValue().startsWith("t_")) {
        seen.remove(key);
        found.remove(key);
      }
    }
    return holding;
  }

  /** Where the databases' folders are, with all that was changed. */
  private static Path flushed(Connection home) throws SQLException {
    try (Statement statement = home.createStatement()) {
      statement.execute("CHECKPOINT");
      try (ResultSet row = statement.executeQuery("SHOW data_directory")) {
        row.next();
        return Path.of(row.getString(1), "base");
      }
    }
  }

  private static boolean holds(Path folder, String text) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> isIn(file, text));
    } catch (NoSuchFileException dropped) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("The files of a database cannot be read", e);
    }
  }

  private static boolean isIn(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (NoSuchFileException dropped) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("The files of a database cannot be read", e);
    }
  }
}
