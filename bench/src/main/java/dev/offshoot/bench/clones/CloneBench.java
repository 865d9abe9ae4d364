package dev.offshoot.bench.clones;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.PostgresCloning;
import dev.offshoot.provisioner.postgres.server.SharedBlocks;

/**
 * Clones by PostgreSQL's ways beside the file system's own, and environments' databases as the provisioner makes them: cold, from the
 * pool, many at once; on the file system of temporary files, and on XFS in a file where root may mount one. Prints Markdown for
 * docs/performance.md.
 */
public final class CloneBench {
  private static final PostgresCloning NOTHING = new PostgresCloning(
      new PoolSize(0, 0), 0, new PostgresCloning.Check(0, 0));

  private final int gigabytes;
  private final int tables;
  private final int environments;

  private CloneBench(int gigabytes, int tables, int environments) {
    this.gigabytes = gigabytes;
    this.tables = tables;
    this.environments = environments;
  }

  /**
   * @param arguments the size of the large template in GB, the number of tables of the one with many (0 leaves it out), how many
   *     environments are made and removed, where mkfs.xfs is
   */
  public static void main(String[] arguments) throws Exception {
    CloneBench bench = new CloneBench(
        Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    Optional<Volume> xfs = Volume.xfs(arguments[3]);
    if (xfs.isPresent()) {
      try (Volume volume = xfs.get()) {
        bench.on(volume);
      }
    }
    try (Volume volume = Volume.plain()) {
      bench.on(volume);
    }
  }

  private void on(Volume volume) throws Exception {
    System.out.printf(Locale.ROOT, "%n### On %s%n%nFlush of 8 KiB: %.3f ms. Load average %.1f.%n", volume.name(), volume.flush(), load());
    try (Server server = Server.on(volume)) {
      SharedBlocks.Finding shared = SharedBlocks.probe(server.config(NOTHING));
      System.out.println("Blocks are shared: " + shared.answer() + ", " + shared.how() + ".");
      Ways ways = new Ways(server, volume);
      small(server);
      Environments small = Environments.of(server, "small");
      ways.measure(small.template(), 5);
      environments(small);
      large(server);
      Environments large = Environments.of(server, "large");
      ways.measure(large.template(), 5);
      step(large);
      if (tables > 0) {
        many(server);
        Environments wide = Environments.of(server, "tables");
        ways.measure(wide.template(), 2);
        step(wide);
      }
    }
    System.out.printf(Locale.ROOT, "%nLoad average at the end %.1f.%n", load());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void large(Server server) throws SQLException {
    server.run("postgres", "CREATE DATABASE large");
    for (int i = 0; i < gigabytes; i++) {
      server.run("large", "CREATE TABLE rows_" + i + " AS SELECT g AS id, md5(g::text) || md5((g + 1)::text) "
          + "|| md5((g + 2)::text) AS filler FROM generate_series(1, 6500000) g", "ALTER TABLE rows_" + i + " ADD PRIMARY KEY (id)");
    }
    server.run("large", "VACUUM (FREEZE, ANALYZE)");
  }

  private void many(Server server) throws SQLException {
    server.run("postgres", "CREATE DATABASE tables");
    for (int from = 0; from < tables; from += 500) {
      server.run("tables", "DO $$ BEGIN FOR i IN " + from + ".." + (from + 499) + " LOOP "
          + "EXECUTE format('CREATE TABLE t_%s (id int PRIMARY KEY, v text)', i); END LOOP; END $$");
    }
    server.run("tables", "VACUUM (FREEZE, ANALYZE)");
  }

  private static void small(Server server) throws SQLException {
    server.run("postgres", "CREATE DATABASE small");
    server.run("small", "CREATE TABLE customer AS SELECT g AS id, md5(g::text) AS name FROM generate_series(1, 20000) g",
        "CREATE TABLE purchase AS SELECT g AS id, g % 20000 AS customer, md5(g::text) AS what FROM generate_series(1, 200000) g",
        "VACUUM (FREEZE, ANALYZE)");
  }

  private void environments(Environments made) throws Exception {
    step(made);
    made.warm(50, 4, 1);
    made.warm(50, 4, 4);
    System.out.println("\n| environments | lanes | per second | median ms | p99 | most | n | making, s | removing, s |\n"
        + "|---|---|---|---|---|---|---|---|---|");
    for (int lanes : new int[] {1, 4, 8}) {
      made.many(lanes == 1 ? environments : environments / 4, lanes);
    }
  }

  /** The provisioner's whole step, not compared with the snapshot and compared. */
  private static void step(Environments made) throws Exception {
    System.out.println("\n| the provisioner's step, " + made.template() + " | median ms | p99 | most | n |\n|---|---|---|---|---|");
    made.cold(5, false);
    made.cold(2, true);
  }
}
