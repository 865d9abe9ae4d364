package dev.offshoot.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.OptionalInt;

import dev.offshoot.blob.Blobs;
import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.cli.demo.Shop;
import dev.offshoot.cli.demo.ShopFiles;
import dev.offshoot.cli.demo.ShopStaging;
import dev.offshoot.cli.system.Addresses;
import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.Installation;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerPlace;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.wire.StateTable;

/**
 * One push with many migrations to a clone of some size: how long they run, and how long the report takes then. Prints
 * Markdown for docs/performance.md.
 */
public final class ReportBench {
  private static final RepositoryKey REPOSITORY = new RepositoryKey(Shop.KEY);
  private static final String BRANCH = "feature/many-migrations";
  /** A row of {@code ledger} with its index. */
  private static final int ROW_BYTES = 140;

  private ReportBench() {}

  /** @param arguments megabytes of Staging beside the shop's own, how many migrations */
  public static void main(String[] arguments) throws Exception {
    int megabytes = Integer.parseInt(arguments[0]);
    int migrations = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("offshoot-bench-").toRealPath();
    Shop shop = new Shop(folder.resolve("shop"));
    shop.create();
    Path config = Files.writeString(folder.resolve("offshoot.yaml"), shop.configuration());
    try (Installation installation = Installation.start(
        new DataFolder(folder.resolve("data")).prepare(), config, OptionalInt.empty(), (_, _) -> { })) {
      installation.config().repositories().values().forEach(new StagingStores(installation.config().stores())::ensure);
      ShopStaging staging = new ShopStaging(installation.config());
      staging.loadDatabase(shop.workTree().resolve(ShopFiles.MIGRATIONS));
      staging.loadIndex();
      fill(installation.config().stores().postgres(), megabytes);
      installation.startWorkers(WorkerPlace.THIS_PROCESS);
      run(installation, shop, migrations);
    }
    System.exit(0);
  }

  private static void fill(PostgresConfig postgres, int megabytes) throws SQLException {
    try (Connection session = DriverManager.getConnection(
            "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + Shop.STAGING, postgres.user(),
            postgres.password().reveal());
        Statement statement = session.createStatement()) {
      statement.execute("CREATE TABLE ledger (id bigint PRIMARY KEY, account integer, note text, amount integer)");
      statement.execute("INSERT INTO ledger SELECT n, n % 1000, repeat(md5(n::text), 2), n FROM generate_series(1, "
          + (long) megabytes * 1_000_000 / ROW_BYTES + ") n");
      statement.execute("ANALYZE ledger");
    }
  }

  /** Of every five, one makes a table, one adds a column, one an index, one a constraint, and one writes a table anew. */
  private static String migration(int number) {
    return switch (number % 5) {
      case 0 -> "CREATE TABLE page_" + number + " (id bigint PRIMARY KEY, title text NOT NULL);\n"
          + "CREATE INDEX page_" + number + "_title ON page_" + number + " (title);\n";
      case 1 -> "ALTER TABLE customer ADD COLUMN field_" + number + " integer NOT NULL DEFAULT 0;\n";
      case 2 -> number == 2 ? "CREATE INDEX ledger_account ON ledger (account);\n"
          : "CREATE INDEX purchase_" + number + " ON purchase (at, product_id);\n";
      case 3 -> "ALTER TABLE product ADD CONSTRAINT price_" + number + " CHECK (price_cents < 1000000);\n";
      default -> number == 4 ? "ALTER TABLE ledger ALTER COLUMN amount TYPE bigint;\n"
          : "UPDATE purchase SET at = at + interval '1 second' WHERE id % 10 = " + number % 10 + ";\n";
    };
  }

  private static void run(Installation installation, Shop shop, int migrations) throws Exception {
    try (Arrivals arrivals = new Arrivals(installation.config().kafka());
        StateTable table = StateTable.open(installation.config().kafka())) {
      arrivals.await(EnvironmentId.staging(REPOSITORY), LifecycleEvent.SnapshotPublished.class);
      shop.developer().run("checkout", "--quiet", "-b", BRANCH, "main");
      for (int i = 1; i <= migrations; i++) {
        shop.commitMigration("V" + (100 + i) + "__step.sql", migration(i));
      }
      shop.developer().run("push", "--quiet", "origin", BRANCH);
      EnvironmentId environment = EnvironmentId.of(REPOSITORY, GitRef.ofBranch(BRANCH));
      SignedPush.of(shop, BRANCH).deliver(Addresses.of(installation.config()).webhook(Shop.KEY));
      long stores = arrivals.await(environment, LifecycleEvent.StoresReady.class);
      long migrated = arrivals.await(environment, LifecycleEvent.EnvironmentCreated.class);
      long reported = arrivals.await(environment, LifecycleEvent.ReportPublished.class);
      table.catchUp();
      String blob = table.of(environment).report().orElseThrow().blob();
      System.out.printf(Locale.ROOT, "%n| step | seconds |%n|---|---:|%n| %d migrations, measured | %.2f |%n"
          + "| the report after them | %.2f |%n%n", migrations, (migrated - stores) / 1e9, (reported - migrated) / 1e9);
      Blobs blobs = new FolderBlobs(installation.config().blobs());
      for (String ending : new String[] {".json", ".html", ".md"}) {
        System.out.printf(Locale.ROOT, "%s: %d bytes%n", ending, blobs.get(blob + ending).orElseThrow().length);
      }
      System.out.println(blob);
    }
  }
}
