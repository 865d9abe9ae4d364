package dev.offshoot.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.environment.Commit;

class DatabaseFingerprintTest {
  private static final String[] MIGRATIONS = {"V2__pages.sql", """
      CREATE TYPE size AS ENUM ('s', 'l');
      CREATE TABLE pages (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text DEFAULT 'x', size size);
      INSERT INTO pages (title, size) SELECT 'p' || g, 's' FROM generate_series(1, 50) g;
      CREATE INDEX by_title ON pages (title);
      CREATE VIEW small AS SELECT * FROM pages WHERE size = 's';
      CREATE MATERIALIZED VIEW titles AS SELECT title FROM pages;
      CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql AS 'SELECT 2 * i';
      CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int, initcond = '0');
      COMMENT ON TABLE pages IS 'Pages';
      """, "R__totals.sql", "CREATE OR REPLACE VIEW totals AS SELECT count(*) AS n FROM pages;"};

  @TempDir
  private Path folder;

  private static DatabaseFingerprint of(CloneFixture clone) throws SQLException {
    try (Connection session = clone.connect()) {
      DatabaseFingerprint print = DatabaseFingerprint.of(session);
      assertThat(session.getAutoCommit()).isTrue();
      return print;
    }
  }

  private static CloneFixture migrated(WorkerFixture migrator, Commit commit) throws Exception {
    CloneFixture clone = CloneFixture.baselined();
    WorkerFixture.assertSucceeded(migrator.push(clone, clone.standing(), commit));
    return clone;
  }

  @Test
  void theSameSnapshotWithTheSameMigrationsIsTheSameWhoeverRanThemWhen() throws Exception {
    try (WorkerFixture migrator = new WorkerFixture(folder, Duration.ofSeconds(30))) {
      Commit commit = migrator.commit(MIGRATIONS);
      CloneFixture one = migrated(migrator, commit);
      CloneFixture other = migrated(migrator, commit);

      assertThat(one.name).isNotEqualTo(other.name);
      assertThat(one.ask("SELECT count(DISTINCT installed_by) FROM flyway_schema_history")).isEqualTo("2");
      assertThat(of(one)).isEqualTo(of(other));
      assertThat(of(one).schema()).hasSize(64).isNotEqualTo(of(one).content());

      one.execute("ALTER TABLE flyway_schema_history RENAME TO our_history");
      other.execute("ALTER TABLE flyway_schema_history RENAME TO our_history");
      assertThat(of(one)).as("whatever the history is called").isEqualTo(of(other));
    }
  }

  @Test
  void whateverIsDoneByHandIsSeen() throws Exception {
    CloneFixture clone = CloneFixture.baselined();
    DatabaseFingerprint before = of(clone);
    for (String change : List.of("INSERT INTO customers VALUES (7, 'by hand')", "UPDATE customers SET email = NULL",
        "UPDATE flyway_schema_history SET checksum = 1", "DELETE FROM flyway_schema_history")) {
      clone.execute(change);
      DatabaseFingerprint after = of(clone);
      assertThat(after.content()).as(change).isNotEqualTo(before.content());
      assertThat(after.schema()).as(change).isEqualTo(before.schema());
      before = after;
    }
    for (String change : List.of("ALTER TABLE customers ADD note text", "ALTER TABLE customers ALTER email SET DEFAULT 'x'",
        "CREATE INDEX i ON customers (email)", "ALTER TABLE customers ADD CHECK (id > 0)", "CREATE TABLE more (a int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE TYPE t AS ENUM ('a')",
        "ALTER TYPE t ADD VALUE 'b'", "CREATE SEQUENCE s", "ALTER SEQUENCE s CYCLE", "CREATE DOMAIN d AS int CHECK (VALUE > 0)",
        "COMMENT ON TABLE customers IS 'x'", "ALTER TABLE customers ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY p ON customers USING (id > 0)", "CREATE RULE r AS ON INSERT TO customers DO NOTHING")) {
      clone.execute(change);
      DatabaseFingerprint after = of(clone);
      assertThat(after.schema()).as(change).isNotEqualTo(before.schema());
      before = after;
    }
  }
}
