package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.child.ChildEnded;
import dev.offshoot.migrator.child.ChildProcess;
import dev.offshoot.migrator.child.Heard;
import dev.offshoot.migrator.child.Order;
import dev.offshoot.migrator.child.ReadyChildren;
import dev.offshoot.migrator.child.Said;
import dev.offshoot.migrator.flyway.EnvironmentDatabase;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** What only a process of its own contains: memory, an end from outside, an environment with nothing in it. */
class ContainedRunTest {
  private static final int MEGABYTES = 64;
  private static final Duration PATIENT = Duration.ofMinutes(2);

  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;
  private MemoryContext context;
  private ReadyChildren children;

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, PATIENT);
    clone = CloneFixture.baselined();
    context = clone.standing();
    children = ReadyChildren.start(new WorkersConfig.Processes(MEGABYTES, 2, 0, 1));
  }

  @AfterEach
  void close() {
    children.close();
    migrator.close();
  }

  private Outcome push(Duration deadline, MemoryContext at, Commit commit) throws InterruptedException {
    return WorkerFixture.push(migrator.worker(folder, deadline, children, FlywayConfig.DEFAULT), clone, at, commit);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "SELECT generate_series(1, 2000000000);",
      "DO $$ BEGIN FOR i IN 1..2000000000 LOOP RAISE NOTICE '%', repeat('x', 10000); END LOOP; END $$;",
      "DO $$ BEGIN RAISE EXCEPTION '%', repeat('x', 100000000); END $$;"})
  void whatFillsTheMemoryOfTheClientIsAFailureOfItsStatement(String hostile) throws Exception {
    Outcome outcome = push(PATIENT, context, migrator.commit(
        "V2__good.sql", "CREATE TABLE good (id int);", "V3__fill.sql", "CREATE TABLE bad (id int);\n" + hostile));

    assertThat(failure(outcome).reason()).contains("more than the 64 MiB").contains("migrate.processes.megabytes");
    assertThat(failure(outcome).script()).hasValue("V3__fill.sql");
    assertThat(failure(outcome).line()).hasValue(2);
    assertThat(schema(outcome).version()).isEqualTo("2");
    assertThat(schema(outcome).applied()).extracting(AppliedMigration::script).containsExactly("V2__good.sql");
    clone.awaitNoSession();
    assertThat(clone.ask("SELECT to_regclass('bad')")).isEqualTo("null");
  }

  @Test
  void aHistoryThatFillsTheMemoryIsAFailureToo() throws Exception {
    clone.execute("CREATE FUNCTION flood() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN LOOP RAISE NOTICE '%', repeat('x', 10000); END LOOP;"
        + " END $$; ALTER TABLE flyway_schema_history ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        + " CREATE POLICY p ON flyway_schema_history USING (flood())");
    Outcome outcome = push(PATIENT, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);"));
    assertThat(failure(outcome).reason()).contains("more than the 64 MiB");
  }

  @Test
  void aChildThatDoesNotAnswerAtTheDeadlineIsKilledAndItsSessionsAreEnded() throws Exception {
    Commit commit = migrator.commit("V2__slow.sql", "SET application_name = 'nobody';\nSELECT pg_sleep(600);");
    MigrationFailure ended = EnoughTime.of(deadline -> {
      clone = CloneFixture.baselined();
      context = clone.standing();
      CompletableFuture<Outcome> outcome = pushed(deadline, commit);
      boolean slept = clone.awaitSleeping(outcome);
      List<ProcessHandle> frozen = programs();
      try {
        signal("STOP", frozen);
        boolean stopped = slept && !outcome.isDone();
        MigrationFailure failure = failure(outcome.get(3, TimeUnit.MINUTES));
        clone.awaitNoSession();
        assertThat(failure.reason()).contains(EnoughTime.readable(deadline));
        return Optional.of(failure).filter(_ -> stopped && !frozen.isEmpty());
      } finally {
        signal("CONT", frozen.stream().filter(ProcessHandle::isAlive).toList());
      }
    });
    assertThat(ended.script()).hasValue("V2__slow.sql");
  }

  @Test
  void aChildThatIsKilledIsTriedAgainAFewTimesAndThenAFailure() throws Exception {
    Commit commit = migrator.commit("V2__slow.sql", "SELECT pg_sleep(600);");
    for (int attempt : List.of(1, 4)) {
      CompletableFuture<Outcome> outcome = pushed(PATIENT, commit, context.attempt(attempt));
      clone.awaitSleeping();
      runningChild().destroyForcibly();
      if (attempt == 1) {
        assertThatThrownBy(() -> outcome.get(3, TimeUnit.MINUTES)).hasCauseInstanceOf(IllegalStateException.class)
            .rootCause().isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
      } else {
        assertThat(failure(outcome.get(3, TimeUnit.MINUTES)).reason()).contains("broke off here").contains("status 137");
      }
      clone.awaitNoSession();
    }
  }

  @Test
  void aChildWhoseParentIsGoneEndsItsSessionsWhateverTheyAreCalled() throws Exception {
    children.with(CloneFixture.SHOP, child -> {
      try {
        await(child, "SET application_name = 'nobody';\nSET client_connection_check_interval = 0;\nSELECT pg_sleep(600);", 3);
        clone.awaitSleeping();
        child.hangUp();
        clone.awaitNoSession();
        assertThatThrownBy(child::next).isInstanceOf(ChildEnded.class);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return Optional.empty();
    });
  }

  @Test
  void nothingOfTheWorkersIsSeenByTheChild() throws Exception {
    assumeThat(Files.isDirectory(Path.of("/proc/self"))).isTrue();
    assertThat(System.getenv()).containsKey("PATH");
    children.with(CloneFixture.SHOP, child -> {
      try {
        Path about = Path.of("/proc", Long.toString(child.pid()));
        await(child, "SELECT 1;\nSELECT pg_sleep(600);", 2);
        assertThat(read(about.resolve("environ"))).isEqualTo("LC_ALL=C.UTF-8");
        assertThat(read(about.resolve("cmdline"))).doesNotContain(password()).contains("-Xmx64m");
        try (var entries = Files.list(about.resolve("cwd"))) {
          assertThat(entries).isEmpty();
        }
      } catch (IOException | ChildEnded e) {
        throw new IllegalStateException(e);
      }
      return Optional.empty();
    });
  }

  @Test
  void aProcessServesOneRepositoryAndNoneAfterARunThatItDidNotEndItself() throws Exception {
    try (ReadyChildren kept = ReadyChildren.start(new WorkersConfig.Processes(MEGABYTES, 2, 0, 3))) {
      long first = served(kept, CloneFixture.SHOP, true);
      assertThat(served(kept, new RepositoryKey("other"), true)).isNotEqualTo(first);
      assertThat(served(kept, CloneFixture.SHOP, true)).isEqualTo(first);
      assertThat(served(kept, CloneFixture.SHOP, true)).isEqualTo(first);
      long second = served(kept, CloneFixture.SHOP, false);
      assertThat(second).as("three runs are as many as it may have").isNotEqualTo(first);
      assertThat(served(kept, CloneFixture.SHOP, true)).isNotEqualTo(second);
    }
  }

  /** Which process it was. */
  private long served(ReadyChildren kept, RepositoryKey owner, boolean well) throws InterruptedException {
    ChildProcess process = kept.with(owner, child -> ran(child, well));
    return process.pid();
  }

  private ChildProcess ran(ChildProcess child, boolean well) {
    try {
      await(child, "SELECT 1;", 1);
      while (!(child.next() instanceof Said.Ended)) {
        child.tell(new Heard.GoOn());
      }
      if (well) {
        child.endedWell();
      }
      clone = CloneFixture.baselined();
      context = clone.standing();
      return child;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String password() {
    return new Credentials(CloneFixture.CREDENTIALS).password(clone.name, StoreKind.POSTGRES).reveal();
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ').strip();
  }

  /** Gives it one file, and waits until the statement on this line is about to run. */
  private void await(ChildProcess child, String sql, int line) throws ChildEnded {
    EnvironmentDatabase database = new EnvironmentDatabase(
        context.environment().stores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow(),
        new Credentials(CloneFixture.CREDENTIALS).password(clone.name, StoreKind.POSTGRES), "test");
    List<SourceFile> files = List.of(new SourceFile("V1__base.sql", "V1__base.sql", CloneFixture.BASE),
        new SourceFile("V2__x.sql", "V2__x.sql", sql));
    child.order(Order.of(database, FlywayConfig.DEFAULT, files.size(), Duration.ZERO), files);
    while (true) {
      switch (child.next()) {
        case Said.Before _, Said.After _ -> child.tell(new Heard.GoOn());
        case Said.Runs runs when runs.line() == line -> {
          return;
        }
        case Said.Ended ended -> throw new AssertionError(ended);
        case Said.Troubled troubled -> throw new AssertionError(troubled);
        case Said _ -> { }
      }
    }
  }

  private CompletableFuture<Outcome> pushed(Duration deadline, Commit commit) {
    return pushed(deadline, commit, context);
  }

  private CompletableFuture<Outcome> pushed(Duration deadline, Commit commit, MemoryContext at) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return push(deadline, at, commit);
      } catch (InterruptedException | Failure e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static List<ProcessHandle> programs() {
    return ProcessHandle.current().children()
        .filter(one -> one.info().commandLine().orElse("").contains("-Xmx" + MEGABYTES + "m")).toList();
  }

  private static ProcessHandle runningChild() {
    assertThat(programs()).hasSize(1);
    return programs().getFirst();
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle one : processes) {
      new ProcessBuilder("kill", "-" + name, Long.toString(one.pid())).start().waitFor();
    }
  }
}
