package dev.offshoot.migrator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;

/** Of CREATE INDEX CONCURRENTLY, which waits for every snapshot that is older than its own. */
class SecondSessionTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TABLE = "second_session_test";

  private final EmbeddedPostgres server = SharedServers.postgres();
  private Connection bystander;
  private Connection migrating;

  @BeforeEach
  void open() throws Exception {
    bystander = connect("a report");
    migrating = connect("a migration");
    bystander.createStatement().execute("DROP TABLE IF EXISTS " + TABLE + "; CREATE TABLE " + TABLE + " (id int)");
  }

  @AfterEach
  void close() throws Exception {
    migrating.close();
    bystander.close();
  }

  @Test
  void aWaitForTheQuestionItselfIsNone() throws Exception {
    Connection held = connect("the second session");
    try (SecondSession second = new SecondSession(only(held))) {
      holdASnapshot(held);
      CompletableFuture<Void> index = indexThatWaitsFor(held);

      assertThat(second.sample(backend(migrating)).waiting()).isEmpty();

      held.rollback();
      index.join();
    }
  }

  @Test
  void aWaitForAnotherSessionNamesIt() throws Exception {
    Connection held = connect("the second session");
    try (SecondSession second = new SecondSession(only(held))) {
      holdASnapshot(bystander);
      CompletableFuture<Void> index = indexThatWaitsFor(bystander);

      Optional<Sample.SeenWait> wait = second.sample(backend(migrating)).waiting();

      assertThat(wait).hasValueSatisfying(seen -> {
        assertThat(seen.event()).isEqualTo("Lock:virtualxid");
        assertThat(seen.behind()).contains("a report").doesNotContain("the second session");
      });
      bystander.rollback();
      index.join();
    }
  }

  private CompletableFuture<Void> indexThatWaitsFor(Connection blocker) throws SQLException {
    CompletableFuture<Void> index = CompletableFuture.runAsync(() -> {
      try {
        migrating.createStatement().execute("CREATE INDEX CONCURRENTLY ON " + TABLE + " (id)");
      } catch (SQLException e) {
        throw new CompletionException(e);
      }
    }, Thread::startVirtualThread);
    int waiting = backend(migrating);
    int waitedFor = backend(blocker);
    try (Connection asking = connect("the test")) {
      Eventually.await("the index waits", PATIENCE, () -> {
        try (ResultSet row = asking.createStatement()
            .executeQuery("SELECT " + waitedFor + " = ANY (pg_blocking_pids(" + waiting + "))")) {
          return row.next() && row.getBoolean(1);
        }
      });
    }
    return index;
  }

  private static void holdASnapshot(Connection session) throws SQLException {
    session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    session.setAutoCommit(false);
    session.createStatement().execute("SELECT 1");
  }

  private static int backend(Connection session) throws SQLException {
    return session.unwrap(PGConnection.class).getBackendPID();
  }

  private Connection connect(String name) throws SQLException {
    Connection session = DriverManager.getConnection(server.jdbcUrl("postgres"), server.adminUser(), server.adminPassword());
    session.setClientInfo("ApplicationName", name);
    return session;
  }

  private static PGSimpleDataSource only(Connection session) {
    return new PGSimpleDataSource() {
      @Override
      public Connection getConnection() {
        return session;
      }
    };
  }
}
