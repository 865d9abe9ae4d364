package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.publication;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.evidence.Aspect;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.OffendingRows;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.worker.Outcome;

/** Which rows were in the way of a migration that failed, found after it was rolled back. */
class OffendingRowsTest {
  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;
  private String document = "";

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, Duration.ofSeconds(30));
    clone = CloneFixture.baselined();
    clone.execute("INSERT INTO customers VALUES (1, 'ann@example.org'), (2, 'ann@example.org'), (3, 'bob@example.org'), (4, NULL)");
    clone.execute("CREATE TABLE orders (id int PRIMARY KEY, customer int, total int);"
        + "INSERT INTO orders VALUES (10, 1, 5), (11, 99, 5), (12, 98, -5)");
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  private StatementEvidence failed(String sql) throws Exception {
    Outcome outcome = migrator.push(clone, clone.standing(), migrator.commit("V2__fail.sql", sql));
    assertThat(failure(outcome).script()).hasValue("V2__fail.sql");
    String key = ((LifecycleEvent.MigrationFailed) publication(outcome).events().getFirst()).evidence().orElseThrow();
    byte[] bytes = migrator.blobs.get(key).orElseThrow();
    document = new String(bytes, StandardCharsets.UTF_8);
    Evidence evidence = new EvidenceCodec().decode(bytes);
    return evidence.statements().getLast();
  }

  private OffendingRows rows(String sql) throws Exception {
    StatementEvidence statement = failed(sql);
    assertThat(document).doesNotContain("ann@").doesNotContain("bob@");
    return statement.execution().failure().flatMap(StatementFailure::rows).orElseThrow();
  }

  @Test
  void duplicatesAreCountedAndTheirKeysMasked() throws Exception {
    OffendingRows rows = rows("CREATE UNIQUE INDEX one_email ON customers (email);");
    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.more()).isFalse();
    assertThat(rows.columns()).containsExactly("email");
    assertThat(rows.keys()).containsExactlyInAnyOrder("id=… (1 character)", "id=… (1 character)");
    assertThat(rows.method()).isEqualTo(Method.QUERIED);
    assertThat(clone.ask("SELECT count(*) FROM (" + rows.query().orElseThrow() + ") q")).isEqualTo("2");
  }

  @Test
  void nullsAreCounted() throws Exception {
    OffendingRows rows = rows("ALTER TABLE customers ALTER email SET NOT NULL;");
    assertThat(rows.count()).isEqualTo(1);
    assertThat(clone.ask(rows.query().orElseThrow())).isEqualTo("4");
  }

  @Test
  void ofANewColumnWithoutADefaultEveryRowIsInTheWay() throws Exception {
    assertThat(rows("ALTER TABLE customers ADD seen boolean NOT NULL;").count()).isEqualTo(4);
  }

  @Test
  void orphansAreCounted() throws Exception {
    OffendingRows rows = rows("-- why\nALTER TABLE orders ADD CONSTRAINT known FOREIGN KEY (customer) REFERENCES customers (id);");
    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.columns()).containsExactly("customer");
    assertThat(rows.keys()).containsExactlyInAnyOrder("id=1… (2 characters)", "id=1… (2 characters)");
    assertThat(clone.ask("SELECT count(*) FROM pg_constraint WHERE conname = 'known'")).isEqualTo("0");
  }

  @Test
  void rowsThatDoNotPassACheckAreCounted() throws Exception {
    OffendingRows rows = rows("ALTER TABLE orders ADD CHECK (total > 0)");
    assertThat(rows.count()).isEqualTo(1);
    assertThat(clone.ask(rows.query().orElseThrow())).isEqualTo("12");
  }

  @Test
  void aConstraintThatStandsUnvalidatedIsAskedAsItIs() throws Exception {
    clone.execute("ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID");
    assertThat(rows("ALTER TABLE orders VALIDATE CONSTRAINT positive;").count()).isEqualTo(1);
  }

  @Test
  void aRowThatTheStatementWouldHaveWrittenIsTheServersWord() throws Exception {
    OffendingRows rows = rows("INSERT INTO customers VALUES (1, 'x');");
    assertThat(rows.method()).isEqualTo(Method.REPORTED);
    assertThat(rows.more()).isTrue();
    assertThat(rows.keys()).containsExactly("id=… (1 character)");
  }

  @Test
  void whatWentWithTheRollbackIsAGapWithItsReason() throws Exception {
    StatementEvidence statement = failed("CREATE TABLE t (id int);\nINSERT INTO t VALUES (1), (1);\nALTER TABLE t ADD PRIMARY KEY (id);");
    assertThat(statement.execution().failure().orElseThrow().constraint()).hasValue("t_pkey");
    assertThat(statement.gap(Aspect.OFFENDING_ROWS)).hasValueSatisfying(why -> assertThat(why).contains("rolled back"));
  }

  @Test
  void aForgedErrorFindsNothingItShouldNot() throws Exception {
    StatementEvidence statement = failed("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '23505', SCHEMA = 'pg_catalog',"
        + " TABLE = 'pg_authid', DETAIL = 'Key (rolname\"; DROP TABLE customers; --)=(ann@example.org) is duplicated.'; END $$;");
    assertThat(statement.execution().failure().orElseThrow().rows()).isEmpty();
    assertThat(clone.ask("SELECT count(*) FROM customers")).isEqualTo("4");
  }

  @Test
  void aSearchThatTakesTooLongIsAGap() throws Exception {
    clone.execute("CREATE FUNCTION slow(int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN"
        + " IF current_setting('search_path') LIKE 'pg_catalog%' THEN PERFORM pg_sleep(60); END IF; RETURN false; END $$");
    StatementEvidence statement = failed("ALTER TABLE orders ADD CHECK (slow(id));");
    assertThat(statement.gap(Aspect.OFFENDING_ROWS)).hasValueSatisfying(why -> assertThat(why).contains("statement timeout"));
  }
}
