package dev.offshoot.provisioner.postgres.snapshot;

import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.server.AdminSession;

class RewritingTest {
  private static final String DATABASE = "rewritten";
  private static final PostgresConfig SERVER = PostgresFixture.config();

  private AdminSession inside;
  private Connection older;

  /** Somebody's snapshot is older than the change of all rows. */
  @BeforeEach
  void rowsAreChangedBesideAnOlderSnapshot() throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)", "CREATE DATABASE " + DATABASE);
    inside = AdminSession.open(SERVER, DATABASE, DATABASE);
    inside.run("CREATE TABLE public.customer (id int, email text)", "INSERT INTO public.customer SELECT g, 'canary' FROM generate_series(1, 100) g");
    older = DriverManager.getConnection(AdminSession.url(SERVER, DATABASE), SERVER.user(), SERVER.password().reveal());
    older.setAutoCommit(false);
    older.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    older.createStatement().execute("SELECT 1");
    inside.run("UPDATE public.customer SET email = 'masked'");
  }

  @AfterEach
  void close() throws SQLException {
    older.close();
    inside.close();
    admin("postgres", "DROP DATABASE " + DATABASE + " WITH (FORCE)");
  }

  @Test
  void deadRowsThatSomebodyMaySeeAreKeptAndCounted() {
    assertThat(new Rewriting(inside, DATABASE).keptOf("public.customer")).isEqualTo(100);
  }

  @Test
  void afterwardsThereAreNoneAndWhoMightHaveSeenThemIsGone() {
    Rewriting rewriting = new Rewriting(inside, DATABASE);
    rewriting.write("public.customer");

    assertThat(rewriting.keptOf("public.customer")).isZero();
    assertThatThrownBy(() -> older.createStatement().execute("SELECT 1")).isInstanceOf(SQLException.class);
  }
}
