package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.publication;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.FlywayConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.Commit;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.evidence.Aspect;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.Execution;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.PlanDecision;
import dev.offshoot.evidence.RelationSize;
import dev.offshoot.evidence.RowCounts;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.evidence.StatementSource;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** What is measured of a run, as the environment's own weak role sees it. */
class EvidenceTest {
  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;
  private MemoryContext context;

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, Duration.ofMinutes(2));
    clone = CloneFixture.baselined();
    clone.execute("INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 20000) n; ANALYZE customers");
    context = clone.standing();
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  private Evidence of(Outcome outcome) throws Exception {
    Optional<String> key = publication(outcome).events().stream().map(event -> switch (event) {
      case LifecycleEvent.EnvironmentCreated e -> e.evidence();
      case LifecycleEvent.EnvironmentModified e -> e.evidence();
      case LifecycleEvent.MigrationFailed e -> e.evidence();
      case LifecycleEvent _ -> Optional.<String>empty();
    }).findFirst().orElseThrow();
    return new EvidenceCodec().decode(migrator.blobs.get(key.orElseThrow()).orElseThrow());
  }

  private Evidence migrated(String... namesAndTexts) throws Exception {
    Outcome outcome = migrator.push(clone, context, migrator.commit(namesAndTexts));
    assertSucceeded(outcome);
    return of(outcome);
  }

  private static List<LockMode> modes(StatementEvidence statement, String relation) {
    return statement.locking().locks().stream().filter(lock -> lock.relation().name().equals(relation)).map(Lock::mode).toList();
  }

  private static RelationSize size(StatementEvidence statement, String relation) {
    return statement.effects().sizes().stream().filter(one -> one.relation().name().equals(relation)).findFirst().orElseThrow();
  }

  @Test
  void aRewriteIsSeenWithItsLockItsRowsAndItsSize() throws Exception {
    Evidence evidence = migrated("V2__wide.sql",
        """
        -- ids run out

        ALTER TABLE customers
          ALTER id TYPE bigint;
        UPDATE customers SET email = lower(email) WHERE id <= 7;
        """);
    assertThat(evidence.plan().decision()).isEqualTo(PlanDecision.MIGRATE);
    assertThat(evidence.plan().base()).isEqualTo("1");
    assertThat(evidence.plan().reached()).isEqualTo("2");
    assertThat(evidence.statements()).hasSize(2);
    StatementEvidence alter = evidence.statements().getFirst();
    assertThat(alter.source().sql()).startsWith("-- ids run out").endsWith("ALTER id TYPE bigint;");
    assertThat(alter.source().line()).isEqualTo(3);
    assertThat(alter.execution().inTransaction()).isTrue();
    assertThat(alter.execution().end()).isEqualTo(Execution.End.SUCCEEDED);
    assertThat(modes(alter, "public.customers")).contains(LockMode.ACCESS_EXCLUSIVE);
    assertThat(alter.effects().rewrites()).extracting(one -> one.relation().name())
        .containsExactly("public.customers");
    assertThat(alter.effects().sizes()).extracting(one -> one.relation().name()).contains("public.customers_pkey");
    assertThat(alter.effects().rewrites()).allSatisfy(one -> {
      assertThat(one.oldFile()).isNotEqualTo(one.newFile());
      assertThat(one.bytes()).isGreaterThan(100_000);
    });
    assertThat(size(alter, "public.customers").before()).hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(500_000));
    assertThat(size(alter, "public.customers").rows()).hasValue(20_000L);
    assertThat(alter.effects().walBytes()).hasValueSatisfying(wal -> {
      assertThat(wal.value()).isGreaterThan(0);
      assertThat(wal.method()).isEqualTo(Method.WAL_POSITION);
    });

    StatementEvidence update = evidence.statements().get(1);
    assertThat(update.source().line()).isEqualTo(5);
    assertThat(update.source().number()).isEqualTo(2);
    assertThat(update.effects().rows()).map(RowCounts::total).hasValue(7L);
    assertThat(update.effects().rewrites()).isEmpty();
    assertThat(modes(update, "public.customers")).contains(LockMode.ROW_EXCLUSIVE).doesNotContain(LockMode.ACCESS_EXCLUSIVE);
    assertThat(evidence.measuring().gaps()).isEmpty();
    assertThat(evidence.measuring().server()).startsWith("18");
  }

  @Test
  void aLockIsHeldUntilTheScriptsEnd() throws Exception {
    Evidence evidence = migrated(
        "V2__slow.sql", "ALTER TABLE customers ADD seen boolean;\nSELECT pg_sleep(0.3);\n", "V3__next.sql", "SELECT 1;");
    Lock lock = evidence.statements().getFirst().locking().locks().stream()
        .filter(one -> one.mode() == LockMode.ACCESS_EXCLUSIVE).findFirst().orElseThrow();
    assertThat(lock.method()).isEqualTo(Method.OWN_LOCKS);
    assertThat(lock.span().took()).isBetween(Duration.ofMillis(300), Duration.ofMinutes(1));
    assertThat(evidence.scripts()).extracting(one -> one.script()).containsExactly("V2__slow.sql", "V3__next.sql");
    assertThat(evidence.scripts().getFirst().span().until()).isGreaterThanOrEqualTo(lock.span().until());
    assertThat(evidence.statements().get(1).execution().span().took()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(evidence.measuring().samples()).isPositive();
  }

  @Test
  void anIndexThatIsMadeConcurrentlyIsSampled() throws Exception {
    clone.execute("INSERT INTO customers SELECT n, 'c' || n FROM generate_series(20001, 200000) n");
    Evidence evidence = migrated("V2__i.sql", "CREATE INDEX CONCURRENTLY by_email ON customers (email);");
    StatementEvidence create = evidence.statements().getFirst();
    assertThat(create.execution().inTransaction()).isFalse();
    assertThat(evidence.scripts().getFirst().inTransaction()).isFalse();
    assertThat(modes(create, "public.customers")).contains(LockMode.SHARE_UPDATE_EXCLUSIVE);
    assertThat(create.locking().locks()).allSatisfy(lock -> assertThat(lock.method()).isEqualTo(Method.SAMPLED));
    assertThat(size(create, "public.by_email").before()).isEmpty();
    assertThat(size(create, "public.by_email").after()).hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(100_000));
    assertThat(create.gap(Aspect.ROWS)).isPresent();
  }

  @Test
  void aMigrationThatItsOwnFileTakesOutOfTheTransactionRunsOutsideOfOne() throws Exception {
    Evidence evidence = of(migrator.push(clone, context, migrator.commit(
        "V2__batches.sql", "CREATE TABLE seen AS SELECT pg_current_xact_id()::text AS x;\nINSERT INTO seen SELECT pg_current_xact_id()::text;",
        "V2__batches.sql.conf", "executeInTransaction=false\nshouldExecute=false\n",
        "V3__plain.sql", "CREATE TABLE plain (id int);",
        "V4__gone.sql.conf", "executeInTransaction=false\n")));
    assertThat(evidence.scripts()).extracting(one -> one.script()).containsExactly("V2__batches.sql", "V3__plain.sql");
    assertThat(evidence.scripts()).extracting(one -> one.inTransaction()).containsExactly(false, true);
    assertThat(clone.ask("SELECT count(DISTINCT x) FROM seen")).isEqualTo("2");
  }

  @Test
  void aWaitForAnothersLockIsSeenWithWhoHeldItUp() throws Exception {
    Commit commit = migrator.commit("V2__wait.sql", "ALTER TABLE customers ADD seen boolean;");
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (Connection other = clone.connect()) {
      other.setClientInfo("ApplicationName", "a report");
      other.setAutoCommit(false);
      other.createStatement().execute("SELECT count(*) FROM customers");
      Thread.ofVirtual().start(() -> {
        try {
          outcome.complete(migrator.push(clone, context, commit));
        } catch (Throwable e) {
          outcome.completeExceptionally(e);
        }
      });
      Eventually.await("the migration waits", Duration.ofMinutes(2), () -> Integer.parseInt(clone.ask(
          "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'customers'::regclass")) > 0);
      clone.ask("SELECT pg_sleep(0.5)"); // that a loaded machine's sampler sees it twice, 50 ms apart
      other.rollback();
    }
    StatementEvidence alter = of(outcome.get()).statements().getFirst();
    assertThat(alter.locking().waits()).anySatisfy(wait -> {
      assertThat(wait.event()).isEqualTo("Lock:relation");
      assertThat(wait.behind()).contains("a report").contains(clone.name.value());
      assertThat(wait.took()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    });
    Lock lock = alter.locking().locks().stream().filter(one -> one.mode() == LockMode.ACCESS_EXCLUSIVE).findFirst().orElseThrow();
    assertThat(lock.span().from()).isGreaterThan(alter.execution().span().from().plusMillis(50));
  }

  @Test
  void temporaryFilesAreCountedForTheScript() throws Exception {
    Evidence evidence = migrated("V2__sort.sql", "SET work_mem = '64kB';\n"
        + "CREATE TABLE sorted AS SELECT n, repeat('x', 100) AS x FROM generate_series(1, 50000) n ORDER BY n % 997;",
        "V3__x.sql", "SELECT 1;");
    assertThat(evidence.scripts().getFirst().tempBytes())
        .hasValueSatisfying(temp -> assertThat(temp.value()).isGreaterThan(1_000_000));
    assertThat(evidence.scripts().get(1).tempBytes()).hasValueSatisfying(temp -> assertThat(temp.value()).isZero());
    assertThat(evidence.statements().get(1).effects().rows()).map(RowCounts::total).hasValue(50_000L);
  }

  @Test
  void whatIsDroppedIsNamedWithItsSize() throws Exception {
    Evidence evidence = migrated("V2__drop.sql", "DROP TABLE customers;");
    StatementEvidence drop = evidence.statements().getFirst();
    assertThat(modes(drop, "public.customers")).contains(LockMode.ACCESS_EXCLUSIVE);
    assertThat(size(drop, "public.customers").after()).isEmpty();
    assertThat(size(drop, "public.customers").before()).hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(500_000));
  }

  @Test
  void nothingToDoIsSaidAsThat() throws Exception {
    Evidence evidence = migrated();
    assertThat(evidence.plan().decision()).isEqualTo(PlanDecision.NOTHING);
    assertThat(evidence.statements()).isEmpty();
  }

  @Test
  void aSecondAttemptAtACommitKeepsWhatTheFirstMeasured() throws Exception {
    Commit commit = migrator.commit("V2__a.sql", "CREATE TABLE a (id int);");
    Evidence first = of(migrator.push(clone, context, commit));
    Evidence again = of(migrator.push(clone, context, commit));
    assertThat(again).isEqualTo(first);
  }

  @Test
  void aMigrationIsTheSameThoughItIsMeasured() throws Exception {
    Evidence evidence = migrated("V2__session.sql", """
        SET search_path = nowhere;
        CREATE TABLE public.paths AS SELECT current_setting('search_path') AS path, current_setting('lock_timeout') AS timeout;
        SAVEPOINT offshoot_look;
        INSERT INTO public.paths VALUES ('gone', '');
        ROLLBACK TO SAVEPOINT offshoot_look;
        DISCARD PLANS;
        CREATE FUNCTION public.pg_current_wal_insert_lsn() RETURNS text LANGUAGE sql AS $$ SELECT 'fake' $$;
        SET search_path = public, pg_catalog;
        SELECT pg_current_wal_insert_lsn();
        """);
    assertThat(clone.ask("SELECT string_agg(path || timeout, ',') FROM public.paths")).isEqualTo("nowhere0");
    assertThat(evidence.statements()).hasSize(9)
        .allSatisfy(statement -> assertThat(statement.gaps()).extracting(gap -> gap.aspect()).doesNotContain(Aspect.LOCKS));
  }

  @Test
  void aSessionThatCannotBeOpenedOrIsEndedLeavesAGapAndNoFailure() throws Exception {
    Evidence evidence = migrated("V2__end.sql",
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()"
            + " AND (query LIKE '%pg_stat_database%' OR query LIKE '%pg_blocking_pids%');\nCREATE TABLE a (id int);", "V3__b.sql", "CREATE TABLE b (id int);");
    assertThat(evidence.statements()).hasSize(3);
    assertThat(evidence.measuring().gaps()).isNotEmpty();
    assertThat(evidence.statements()).extracting(one -> one.source().script())
        .containsExactly("V2__end.sql", "V2__end.sql", "V3__b.sql");
    assertThat(modes(evidence.statements().getLast(), "public.b")).contains(LockMode.ACCESS_EXCLUSIVE);
  }

  @Test
  void aFailedStatementIsListedWithWhatItLocked() throws Exception {
    Outcome outcome = migrator.push(clone, context, migrator.commit("V2__fail.sql",
        "ALTER TABLE customers ADD seen boolean;\nSELECT 1/0 FROM pg_sleep(0.1), customers;"));
    Evidence evidence = of(outcome);
    assertThat(evidence.statements()).extracting(one -> one.execution().end())
        .containsExactly(Execution.End.SUCCEEDED, Execution.End.FAILED);
    assertThat(evidence.statements().get(1).gap(Aspect.ROWS)).hasValueSatisfying(why -> assertThat(why).contains("rolled back"));
  }

  @Test
  void aStatementThatIsEndedAtTheDeadlineIsListedAsThat() throws Exception {
    Commit commit = migrator.commit("V2__slow.sql", "LOCK TABLE customers;\nSELECT pg_sleep(600);");
    Evidence evidence = EnoughTime.of(deadline -> {
      Path blobs = folder.resolve(deadline.toString());
      Outcome outcome = WorkerFixture.push(
          migrator.worker(blobs, deadline, WorkerFixture.CHILDREN, FlywayConfig.DEFAULT), clone, context, commit);
      String key = ((LifecycleEvent.MigrationFailed) publication(outcome).events().getFirst()).evidence().orElseThrow();
      Evidence measured = new EvidenceCodec().decode(new FolderBlobs(blobs.resolve("blobs")).get(key).orElseThrow());
      return Optional.of(measured).filter(_ -> failure(outcome).line().equals(Optional.of(2)));
    });
    assertThat(evidence.statements()).hasSize(2);
    assertThat(evidence.statements().get(1).execution().end()).isIn(Execution.End.ENDED, Execution.End.FAILED);
    assertThat(evidence.statements().get(1).execution().span().took()).isGreaterThan(Duration.ofMillis(50));
  }

  @Test
  void moreStatementsThanAreListedAreCounted() throws Exception {
    Evidence evidence = migrated("V2__many.sql", "SELECT 1;\n".repeat(2_500));
    assertThat(evidence.statements()).hasSize(2_000);
    assertThat(evidence.measuring().gaps()).anySatisfy(gap -> {
      assertThat(gap.aspect()).isEqualTo(Aspect.STATEMENTS);
      assertThat(gap.why()).contains("500 more");
    });
    assertThat(evidence.measuring().overhead()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void hostileNamesAndTextsAreBoundedAndEscaped() throws Exception {
    Evidence evidence = migrated("V2__names.sql", "CREATE TABLE \"<script>\u202e\u001b[2J\" (id int);\n"
        + "INSERT INTO customers VALUES (0, '" + "x".repeat(3_000_000) + "');");
    assertThat(evidence.statements().getFirst().effects().sizes()).extracting(size -> size.relation().name())
        .containsExactly("public.\"<script>\\u{202e}\\u{1b}[2J\"");
    assertThat(evidence.statements()).allSatisfy(statement ->
        assertThat(statement.source().sql()).hasSizeLessThanOrEqualTo(StatementSource.LONGEST + 1)
            .doesNotContain("\u202e", "\u001b"));
  }
}
