package dev.offshoot.proof.drive;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;

/** Production's database, which nobody may ever write to: all rows and all definitions are as they were in the beginning. */
final class Production {
  private static final String EVERYTHING = """
      SELECT md5(concat_ws(E'\\n',
        (SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM customer t),
        (SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM purchase t),
        (SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM flyway_schema_history t),
        (SELECT string_agg(concat_ws(' ', oid, relname, relkind, relowner, relfilenode, relacl::text), E'\\n' ORDER BY oid) FROM pg_class
          WHERE relnamespace = 'public'::regnamespace),
        (SELECT string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), E'\\n' ORDER BY attrelid, attnum) FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace)))""";
  /** While it is copied nobody is let in. */
  private static final int TRIES = 20;

  private final PostgresConfig server;
  private final String atFirst;

  private Production(PostgresConfig server) throws InterruptedException {
    this.server = server;
    this.atFirst = fingerprint().orElseThrow(() -> new IllegalStateException("Production cannot be read"));
  }

  static Production of(PostgresConfig server) throws InterruptedException {
    return new Production(server);
  }

  List<String> problems() throws InterruptedException {
    Optional<String> now = fingerprint();
    return now.filter(atFirst::equals).isPresent() ? List.of()
        : List.of(now.isPresent() ? "Production's database was written to" : "Production's database cannot be read");
  }

  private Optional<String> fingerprint() throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<String> read = read();
      if (read.isPresent()) {
        return read;
      }
      var _ = Waiting.within(Duration.ofMillis(500), () -> false);
    }
    return Optional.empty();
  }

  private Optional<String> read() {
    try (Connection session = DriverManager.getConnection(
            "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + Staging.PRODUCTION, server.user(), server.password().reveal());
        Statement statement = session.createStatement(); ResultSet row = statement.executeQuery(EVERYTHING)) {
      row.next();
      return Optional.of(row.getString(1));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
