package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.publication;
import static dev.offshoot.migrator.WorkerFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;
import dev.offshoot.process.FreePorts;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** The walk of an environment: first commit, further commits, failures and what heals them. */
class MigratorWorkerTest {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;
  private MemoryContext context;

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, DEADLINE);
    clone = CloneFixture.baselined();
    context = clone.standing();
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  @Test
  void theFirstCommitMakesTheEnvironmentUsableAndFurtherOnesModifyIt() throws Exception {
    Commit first = migrator.commit("V2__pages.sql", "CREATE TABLE pages (id int);\nINSERT INTO pages VALUES (1);");
    Outcome created = migrator.worker.handle(clone.storesReady(first), context);
    assertSucceeded(created);
    assertThat(publication(created).events()).singleElement()
        .isInstanceOfSatisfying(LifecycleEvent.EnvironmentCreated.class, event -> {
      assertThat(event.version()).isEqualTo("2");
      assertThat(event.subject()).isEqualTo(clone.subject(first));
      assertThat(event.applied()).extracting(AppliedMigration::script).containsExactly("V2__pages.sql");
    });
    assertThat(schema(created).commit()).isEqualTo(first);
    assertThat(clone.ask("SELECT count(*) FROM pages")).isEqualTo("1");

    Commit second = migrator.commit("V2__pages.sql", "CREATE TABLE pages (id int);\nINSERT INTO pages VALUES (1);",
        "V3__title.sql", "ALTER TABLE pages ADD title text;");
    Outcome modified = migrator.push(clone, context.with(schema(created)), second);
    assertThat(publication(modified).events()).singleElement().isInstanceOf(LifecycleEvent.EnvironmentModified.class);
    assertThat(schema(modified).version()).isEqualTo("3");
    assertThat(schema(modified).applied()).extracting(AppliedMigration::version).containsExactly("3");
  }

  @Test
  void nothingToMigrateIsSuccess() throws Exception {
    Outcome outcome = migrator.push(clone, context, migrator.commit());
    assertSucceeded(outcome);
    assertThat(schema(outcome).version()).isEqualTo("1");
    assertThat(schema(outcome).applied()).isEmpty();
  }

  @Test
  void aCommitWithoutMigrationsOfARepositoryWithoutAnyIsSuccess() throws Exception {
    CloneFixture bare = CloneFixture.bare();
    Commit commit = migrator.bareCommit(migrator.tree("README.md", "hello"));
    Outcome outcome = migrator.push(bare, bare.standing(), commit);
    assertSucceeded(outcome);
    assertThat(schema(outcome).version()).isEmpty();
    assertThat(bare.ask("SELECT to_regclass('flyway_schema_history')")).isEqualTo("null");
  }

  @Test
  void theWorkIsDoneByTheEnvironmentsOwnRole() throws Exception {
    migrator.push(clone, context,
        migrator.commit("V2__who.sql", "CREATE TABLE who AS SELECT session_user AS s, current_user AS c;"));
    assertThat(clone.ask("SELECT s || c FROM who")).isEqualTo(clone.name.value() + clone.name.value());
    assertThat(clone.ask("SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
  }

  @Test
  void aSyntaxErrorIsToldWithItsPlaceAndTheNextCommitHealsIt() throws Exception {
    String wrong = "CREATE TABLE pages (id int);\n\nALTER TABLE pages\n  ADD COLUM title text NOT NULLL;\n";
    Outcome broken = migrator.push(clone, context, migrator.commit("V2__pages.sql", wrong));
    MigrationFailure failure = failure(broken);
    assertThat(failure.script()).hasValue("V2__pages.sql");
    assertThat(failure.line()).hasValue(4);
    assertThat(failure.sqlState()).hasValue("42601");
    assertThat(failure.statement()).hasValueSatisfying(s -> assertThat(s).contains("ADD COLUM title"));
    assertThat(failure.reason()).contains("syntax error");
    assertThat(schema(broken).usable()).isFalse();
    assertThat(schema(broken).version()).isEqualTo("1");
    assertThat(clone.ask("SELECT to_regclass('pages')")).isEqualTo("null");

    Outcome healed = migrator.push(clone, context,
        migrator.commit("V2__pages.sql", "CREATE TABLE pages (id int, title text);"));
    assertSucceeded(healed);
    assertThat(publication(healed).events()).singleElement().isInstanceOf(LifecycleEvent.EnvironmentCreated.class);
  }

  @Test
  void whatWasAppliedBeforeAFailureStaysAndIsTold() throws Exception {
    migrator.push(clone, context, migrator.commit());
    Outcome broken = migrator.push(clone, context,
        migrator.commit("V2__a.sql", "CREATE TABLE a (id int);", "V3__b.sql", "SELECT * FROM nowhere;"));
    assertThat(failure(broken).sqlState()).hasValue("42P01");
    assertThat(schema(broken).applied()).extracting(AppliedMigration::version).containsExactly("2");
    assertThat(schema(broken).version()).isEqualTo("2");
    assertThat(schema(broken).usable()).isTrue();
  }

  @Test
  void rowsOfAViolatedConstraintAreNotQuoted() throws Exception {
    Outcome broken = migrator.push(clone, context, migrator.commit("V2__rows.sql",
        "INSERT INTO customers VALUES (1, 'ann@example.org');\nINSERT INTO customers VALUES (2, 'ann@example.org');\n"
            + "CREATE UNIQUE INDEX one_email ON customers (email);"));
    assertThat(failure(broken).reason()).contains("could not create unique index").doesNotContain("ann@example.org");
    assertThat(failure(broken).line()).hasValue(3);
  }

  @Test
  void anUnfinishedStringIsToldWithItsFile() throws Exception {
    Outcome broken = migrator.push(clone, context, migrator.commit("V2__open.sql", "SELECT 1;\nSELECT 'abc;\n"));
    assertThat(failure(broken).script()).hasValue("V2__open.sql");
    assertThat(failure(broken).line()).hasValue(2);
  }

  @Test
  void repeatableMigrationsRunAgainWhenTheyChange() throws Exception {
    Outcome first = migrator.push(clone, context,
        migrator.commit("R__totals.sql", "CREATE OR REPLACE VIEW totals AS SELECT 1 AS n;"));
    assertThat(schema(first).applied()).singleElement().satisfies(one -> {
      assertThat(one.version()).isEmpty();
      assertThat(one.script()).isEqualTo("R__totals.sql");
    });
    Outcome changed = migrator.push(clone, context,
        migrator.commit("R__totals.sql", "CREATE OR REPLACE VIEW totals AS SELECT 2 AS n;"));
    assertSucceeded(changed);
    assertThat(clone.ask("SELECT n FROM totals")).isEqualTo("2");
  }

  @Test
  void placeholdersAndQuotesReachTheServerAsTheyStand() throws Exception {
    assertSucceeded(migrator.push(clone, context, migrator.commit("V2__text.sql",
        "\uFEFFCREATE TABLE t AS SELECT '${flyway:defaultSchema} ${HOME}'::text AS x;")));
    assertThat(clone.ask("SELECT x FROM t")).isEqualTo("${flyway:defaultSchema} ${HOME}");
  }

  @Test
  void anIndexIsMadeConcurrently() throws Exception {
    assertSucceeded(
        migrator.push(clone, context,
        migrator.commit("V2__i.sql", "CREATE INDEX CONCURRENTLY by_email ON customers (email);")));
    assertThat(clone.ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_email'::regclass")).isEqualTo("t");
  }

  @Test
  void aCommitThatDoesNotExistFailsWithWhatToDo() throws Exception {
    migrator.commit();
    Outcome outcome = migrator.push(clone, context, new Commit("d".repeat(40)));
    assertThat(failure(outcome).reason()).contains("d".repeat(40)).contains("force-pushed away");
  }

  @Test
  void aRepositoryThatCannotBeReachedIsTriedAgain() {
    MigratorWorker lost = WorkerFixture.worker(folder.resolve("gone.git").toString(), DEADLINE, folder.resolve("blobs"));
    assertThatThrownBy(() -> lost.handle(clone.storesReady(new Commit("d".repeat(40))), context))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
  }

  @Test
  void aDatabaseThatCannotBeReachedIsTriedAgain() throws Exception {
    Commit commit = migrator.commit();
    MemoryContext down = clone.standing(FreePorts.choose());
    assertThatThrownBy(() -> migrator.push(clone, down, commit))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
  }

  @Test
  void whatIsStaleIsRejected() throws Exception {
    Commit commit = migrator.commit("V2__x.sql", "CREATE TABLE x ();");
    Presence standing = context.environment().presence().orElseThrow();
    MemoryContext going = clone.standing()
        .with(standing.with(new Intent.Destroying(CloneFixture.INCARNATION, "merged"), Instant.EPOCH));
    MemoryContext later = clone.standing().with(standing.with(
        new Intent.Standing(CloneFixture.INCARNATION.next(), context.environment().stores().orElseThrow().epoch()),
            Instant.EPOCH));
    for (MemoryContext stale : List.of(going, later, clone.standing().supersede())) {
      assertThat(migrator.worker.handle(clone.storesReady(commit), stale)).isInstanceOf(Outcome.Rejected.class);
    }
    assertThat(clone.ask("SELECT to_regclass('x')")).isEqualTo("null");
  }

  @Test
  void theEndOfARunOnWhatIsToServeNextIsToldTheProvisioner() throws Exception {
    context = clone.next();
    Outcome broken = migrator.push(clone, context, migrator.commit("V2__x.sql", "SELEC 1;"));
    assertThat(failure(broken).reason()).contains("syntax error");
    Commit failed = schema(broken).commit();
    assertThat(publication(broken).asks())
        .containsExactly(new Request.RunFinished(clone.origin, CloneFixture.INCARNATION, failed, false));

    Commit healed = migrator.commit("V2__x.sql", "CREATE TABLE x ();");
    Outcome done = migrator.push(clone, context, healed);
    assertSucceeded(done);
    assertThat(publication(done).events()).singleElement().isInstanceOf(LifecycleEvent.EnvironmentCreated.class);
    assertThat(publication(done).asks())
        .containsExactly(new Request.RunFinished(clone.origin, CloneFixture.INCARNATION, healed, true));

    assertThat(publication(migrator.push(clone, clone.standing(), healed)).asks()).isEmpty();
  }

  @Test
  void aRunThatIsGivenUpIsAnEndToo() throws Exception {
    context = clone.next();
    Commit nowhere = new Commit("d".repeat(40));
    migrator.commit();
    assertThat(publication(migrator.push(clone, context, nowhere)).asks())
        .containsExactly(new Request.RunFinished(clone.origin, CloneFixture.INCARNATION, nowhere, false));
  }

  @Test
  void whatServesWhileTheNextOneIsMadeStaysAsItIs() throws Exception {
    Commit commit = migrator.commit("V2__x.sql", "CREATE TABLE x ();");
    Presence standing = context.environment().presence().orElseThrow();
    context.with(standing.with(new Intent.Resetting(CloneFixture.INCARNATION, CloneFixture.INCARNATION.next(),
        context.environment().stores().orElseThrow().epoch(), "edited"), Instant.EPOCH));
    assertThat(migrator.worker.handle(clone.commitAccepted(commit), context)).isInstanceOf(Outcome.Rejected.class);
    assertThat(clone.ask("SELECT to_regclass('x')")).isEqualTo("null");
  }

  @Test
  void credentialsOfAnotherKeyAreToldNotTried() throws Exception {
    Stores stores = context.environment().stores().orElseThrow();
    context.with(new Stores(stores.incarnation(), stores.epoch(), "k0", stores.coordinates()));
    assertThat(failure(migrator.push(clone, context, migrator.commit())).reason()).contains("'k0'").contains("'k1'");
  }

  @Test
  void aRepositoryThatIsNoLongerConfiguredIsTold() throws Exception {
    Commit commit = migrator.commit();
    MigratorWorker none = new MigratorWorker(Map.of(),
        new Databases(new Credentials(CloneFixture.CREDENTIALS), WorkerFixture.CHILDREN, DEADLINE), migrator.blobs, Clock.systemUTC());
    assertThat(failure(WorkerFixture.handle(none, clone.storesReady(commit), context)).reason())
        .contains("'shop' is not in the configuration");
  }
}
