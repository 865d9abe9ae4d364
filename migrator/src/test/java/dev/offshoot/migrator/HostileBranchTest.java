package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.git.SampleRepository;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** What a developer with push rights, and any file and SQL they like, cannot do. */
class HostileBranchTest {
  private static final Duration PATIENT = Duration.ofMinutes(2);

  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;
  private MemoryContext context;

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, PATIENT);
    clone = CloneFixture.baselined();
    context = clone.standing();
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  @Test
  void scriptsLinksSettingsAndCallbacksNeverReachFlyway() throws Exception {
    Path canary = folder.resolve("canary");
    String touch = "#!/bin/sh\ntouch " + canary + "\n";
    SampleRepository.Tree tree = migrator.tree(
        "V1__base.sql", CloneFixture.BASE,
        "V2__a.sql", "CREATE TABLE a (id int);",
        "V3__run.sh", touch, "V4__run.py", "open('" + canary + "', 'w')", "V5__run.ps1", touch, "V6__run.bat", touch,
        "beforeMigrate.sh", touch, "afterEachMigrate.sh", touch, "beforeConnect.sql", "CREATE TABLE canary ();",
        "beforeMigrate.sql", "CREATE TABLE canary ();", "afterMigrate__x.sql", "CREATE TABLE canary ();",
        "beforeEachMigrateStatement.sql", "CREATE TABLE canary ();", "U2__undo.sql", "CREATE TABLE canary ();",
        "B9__baseline.sql", "CREATE TABLE canary ();",
        "V2__a.sql.conf", "executeInTransaction=false\nshouldExecute=false",
        "flyway.toml", "[flyway]\nplaceholderReplacement = true", "flyway.conf", "flyway.cleanDisabled=false");
    tree.entry("V7__link.sql", FileMode.SYMLINK, "/etc/hostname".getBytes(StandardCharsets.UTF_8));
    tree.entry("V8__exec.sql", FileMode.EXECUTABLE_FILE,
        "CREATE TABLE exec (id int);".getBytes(StandardCharsets.UTF_8));
    tree.submodule("V9__module.sql");

    Outcome outcome = migrator.push(clone, context, migrator.bareCommit(tree));

    assertSucceeded(outcome);
    assertThat(schema(outcome).applied()).extracting(AppliedMigration::script)
        .containsExactly("V2__a.sql", "V8__exec.sql");
    assertThat(Files.exists(canary)).isFalse();
    assertThat(clone.ask("SELECT to_regclass('canary')")).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "CREATE EXTENSION dblink",
      "CREATE EXTENSION pgcrypto",
      "COPY (SELECT 1) TO PROGRAM 'touch /tmp/offshoot-canary'",
      "CREATE TABLE o (x text); COPY o FROM PROGRAM 'id'",
      "COPY customers FROM '/etc/passwd'",
      "SELECT pg_read_file('/etc/passwd')",
      "CREATE ROLE other LOGIN",
      "CREATE DATABASE other",
      "ALTER SYSTEM SET fsync = off",
      "SET SESSION AUTHORIZATION postgres",
      "SET ROLE postgres",
      "SET temp_file_limit = -1",
      "ALTER ROLE CURRENT_USER SUPERUSER",
      "GRANT pg_read_server_files TO CURRENT_USER",
      "COPY customers TO '/tmp/offshoot-canary'",
      "SELECT pg_ls_dir('/')",
      "SELECT lo_import('/etc/passwd')",
      "SELECT * FROM pg_authid",
      "SELECT pg_reload_conf()",
      "LOAD '/tmp/evil.so'",
      "CREATE FUNCTION evil() RETURNS int LANGUAGE c AS '/tmp/evil.so', 'evil'",
      "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p WITH (connect = false)",
      "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION pg_notify()"})
  void whatIsNotTheRolesToDoIsRefused(String sql) throws Exception {
    Outcome outcome = migrator.push(clone, context, migrator.commit("V2__hostile.sql", sql + ";"));
    assertThat(failure(outcome).sqlState())
        .hasValueSatisfying(state -> assertThat(state).isIn("42501", "22023", "42883"));
    assertThat(Files.exists(Path.of("/tmp/offshoot-canary"))).isFalse();
  }

  @Test
  void aMigrationThatTakesTooLongIsEndedFromOutside() throws Exception {
    Commit commit = migrator.commit(
        "V2__quick.sql", "CREATE TABLE quick (id int);",
        "V3__slow.sql", "SET statement_timeout = 0;\nSET application_name = 'nobody';\nCREATE TABLE slow (id int);\n"
            + "SELECT pg_sleep(600);");
    Outcome outcome = endedIn("V3__slow.sql", 4, commit);
    assertThat(failure(outcome).reason()).contains("migrate.deadline");
    assertThat(schema(outcome).applied()).extracting(AppliedMigration::version).containsExactly("2");
    clone.awaitNoSession();
    assertThat(clone.ask("SELECT to_regclass('slow')")).isEqualTo("null");

    Outcome healed = migrator.push(clone, context, migrator.commit("V2__quick.sql", "CREATE TABLE quick (id int);"));
    assertSucceeded(healed);
  }

  @Test
  void aCancelledLaneLeavesNoSession() throws Exception {
    migrator.close();
    WorkerFixture patient = new WorkerFixture(folder.resolve("patient"), Duration.ofMinutes(5));
    Commit commit = patient.commit("V2__slow.sql", "SELECT pg_sleep(600);");
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread lane = Thread.ofVirtual().start(() -> {
      try {
        outcome.complete(patient.worker.handle(clone.storesReady(commit), context));
      } catch (Throwable e) {
        outcome.completeExceptionally(e);
      }
    });
    clone.awaitSleeping();
    lane.interrupt();
    assertThatThrownBy(() -> outcome.get(3, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    clone.awaitNoSession();
    patient.close();
  }

  @Test
  void sessionsOfAnOlderAttemptAreEndedFirst() throws Exception {
    try (Connection old = clone.connect()) {
      old.setClientInfo("ApplicationName", "offshoot migrator " + clone.origin.environment() + " i" + CloneFixture.INCARNATION);
      old.setAutoCommit(false);
      old.createStatement().execute("LOCK TABLE customers");
      assertSucceeded(
          migrator.push(clone, context, migrator.commit("V2__add.sql", "ALTER TABLE customers ADD seen boolean;")));
    }
  }

  @Test
  void endingItsOwnSessionIsTriedAgainAFewTimesAndThenAFailure() throws Exception {
    Commit commit = migrator.commit("V2__end.sql",
        "DO $$ BEGIN RAISE EXCEPTION 'down' USING ERRCODE = '57P01'; END $$;");
    assertThatThrownBy(() -> migrator.push(clone, context, commit))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
    assertThat(failure(migrator.push(clone, context.attempt(4), commit)).sqlState()).hasValue("57P01");
  }

  @Test
  void whatFailsAfterTheEnvironmentWasGivenUpIsNoFailure() throws Exception {
    Commit commit = migrator.commit("V2__slow.sql", "SELECT pg_sleep(600);");
    Outcome outcome = EnoughTime.of(deadline -> {
      fresh();
      Presence standing = context.environment().presence().orElseThrow();
      MigratorWorker hasty = hasty(deadline);
      CompletableFuture<Outcome> ended = CompletableFuture.supplyAsync(() -> handled(hasty, commit));
      boolean slept = clone.awaitSleeping(ended);
      context.with(standing.with(new Intent.Destroying(CloneFixture.INCARNATION, "merged"), Instant.EPOCH));
      boolean left = slept && !ended.isDone();
      return Optional.of(ended.get(3, TimeUnit.MINUTES)).filter(_ -> left);
    });
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void controlCharactersOfAnErrorAreShownNotSent() throws Exception {
    Outcome outcome = migrator.push(clone, context,
        migrator.commit("V2__log.sql", "DO $$ BEGIN RAISE EXCEPTION E'one\\nFATAL forged \\x1b[2J \\u202e'; END $$;"));
    assertThat(failure(outcome).reason()).contains("one\\nFATAL forged \\u{1b}[2J")
        .doesNotContain("\n", "\u001b", "\u202e");
  }

  @Test
  void aVeryLongErrorIsCut() throws Exception {
    Outcome outcome = migrator.push(clone, context,
        migrator.commit("V2__long.sql", "DO $$ BEGIN RAISE EXCEPTION '%', repeat('x', 100000); END $$; -- "
            + "y".repeat(9_000)));
    assertThat(failure(outcome).reason()).hasSizeLessThanOrEqualTo(2_000).endsWith("…");
    assertThat(failure(outcome).statement().orElseThrow()).hasSizeLessThanOrEqualTo(2_000);
  }

  @Test
  void aHistoryWithTooManyRowsIsAFailureAndNotReadWhole() throws Exception {
    clone.ask("WITH row AS (INSERT INTO flyway_schema_history SELECT n, NULL, 'x', 'SQL', 'R__x.sql', 1, 'me', now(),"
        + " 1, true FROM generate_series(100, 10200) n RETURNING 1) SELECT count(*) FROM row");
    Outcome outcome = migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);"));
    assertThat(failure(outcome).reason()).contains("not Flyway's any more").contains("more than 10000 rows");
    assertThat(clone.ask("SELECT to_regclass('a')")).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "ALTER TABLE flyway_schema_history ALTER description TYPE text;"
          + " UPDATE flyway_schema_history SET description = repeat('x', 100000);",
      "ALTER TABLE flyway_schema_history ADD h text; ALTER TABLE flyway_schema_history ADD z text;"
          + " UPDATE flyway_schema_history SET z = repeat('x', 100000);",
      "ALTER TABLE flyway_schema_history RENAME TO other; CREATE VIEW flyway_schema_history AS SELECT * FROM other;"})
  void aHistoryThatIsNotFlywaysIsAFailure(String sql) throws Exception {
    clone.execute(sql);
    Outcome outcome = migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);"));
    assertThat(failure(outcome).reason()).contains("not Flyway's any more");
  }

  @Test
  void aSearchPathWithOwnOperatorsDoesNotOutwitTheDeadline() throws Exception {
    var _ = endedIn("V3__slow.sql", 1, migrator.commit(
        "V2__blind.sql", "CREATE FUNCTION no(name, name) RETURNS boolean LANGUAGE sql AS 'SELECT false';"
            + " CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = name, FUNCTION = no);"
            + " ALTER ROLE CURRENT_USER SET search_path = public, pg_catalog;"
            + " ALTER ROLE CURRENT_USER SET statement_timeout = '1ms';",
        "V3__slow.sql", "SET statement_timeout = 0; SELECT pg_sleep(600);"));
    clone.awaitNoSession();
  }

  @Test
  void aLineNumberThatIsNoNumberIsStillAFailure() throws Exception {
    Outcome outcome = migrator.push(clone, context, migrator.commit(
        "V2__x in y.sql at line 99999999999.sql", "SELECT 'unfinished"));
    assertThat(failure(outcome).reason()).isNotEmpty();
  }

  private MigratorWorker hasty(Duration deadline) {
    return migrator.worker(folder, deadline, WorkerFixture.CHILDREN, FlywayConfig.DEFAULT);
  }

  /** Another environment, for another try. */
  private void fresh() throws Exception {
    clone = CloneFixture.baselined();
    context = clone.standing();
  }

  /** What came of a commit whose migrations are ended at their deadline, on this line. */
  private Outcome endedIn(String script, int line, Commit commit) throws Exception {
    return EnoughTime.of(deadline -> {
      fresh();
      Outcome outcome = WorkerFixture.push(hasty(deadline), clone, context, commit);
      assertThat(failure(outcome).reason()).contains(EnoughTime.readable(deadline));
      return Optional.of(outcome).filter(_ -> failure(outcome).script().equals(Optional.of(script))
          && failure(outcome).line().equals(Optional.of(line)));
    });
  }

  private Outcome handled(MigratorWorker worker, Commit commit) {
    try {
      return worker.handle(clone.storesReady(commit), context);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
