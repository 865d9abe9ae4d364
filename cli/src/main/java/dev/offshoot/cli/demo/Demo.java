package dev.offshoot.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.offshoot.cli.Access;
import dev.offshoot.cli.CommandFailed;
import dev.offshoot.cli.system.Addresses;
import dev.offshoot.cli.system.Installation;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerPlace;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.LifecycleEvent.EnvironmentCreated;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.LifecycleEvent.EnvironmentModified;
import dev.offshoot.event.LifecycleEvent.HistoryReplayed;
import dev.offshoot.event.LifecycleEvent.SnapshotPublished;
import dev.offshoot.wire.StateTable;

/** What a team does with a branch, from the first push to the merge, on real servers. */
final class Demo {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final EnvironmentId STAGING = EnvironmentId.staging(new RepositoryKey(Shop.KEY));
  private static final EnvironmentId PRODUCTION = EnvironmentId.production(new RepositoryKey(Shop.KEY));
  private static final EnvironmentId BRANCH =
      EnvironmentId.of(new RepositoryKey(Shop.KEY), GitRef.ofBranch(Shop.BRANCH));

  private final Installation installation;
  private final Shop shop;
  private final ShopChange change;
  private final Screen screen;
  private final ShopStaging staging;
  private final List<Check> checks = new ArrayList<>();

  Demo(Installation installation, Shop shop, ShopChange change, Screen screen) {
    this.installation = installation;
    this.shop = shop;
    this.change = change;
    this.screen = screen;
    this.staging = new ShopStaging(installation.config());
  }

  /** The whole story; ends with everything still running. */
  Summary tell(WorkerPlace place) throws Exception {
    makeShop();
    startWorkers(place);
    try (Feed feed = Feed.open(config().kafka(), screen::event); StateTable table = StateTable.open(config().kafka())) {
      screen.step("First snapshots: of Staging, database and search index together, and of Production", () -> {
        feed.await(PRODUCTION, HistoryReplayed.class, 0, PATIENCE);
        return feed.await(STAGING, SnapshotPublished.class, 0, PATIENCE);
      });
      long firstPush = firstPush(feed);
      Isolation isolation = isolation(table);
      long secondPush = secondPush(feed, isolation);
      rewrite(feed, table);
      long merge = merge(feed, access(table));
      boolean held = checks.stream().allMatch(Check::held);
      return new Summary(held, firstPush, secondPush, merge, checks, screen.steps());
    }
  }

  private OffshootConfig config() {
    return installation.config();
  }

  private void makeShop() throws Exception {
    screen.step("A small shop: a bare git repository with Flyway migrations", () -> {
      shop.create();
      return shop.bare();
    });
    screen.step("Its Staging database: migrated with Flyway, " + ShopFiles.PURCHASES + " purchases, "
        + ShopFiles.CUSTOMERS + " customers", () -> {
      config().repositories().values().forEach(new StagingStores(config().stores())::ensure);
      staging.loadDatabase(shop.workTree().resolve(ShopFiles.MIGRATIONS));
      return staging.database();
    });
    screen.step("Its Production database: a migration behind, with other rows", () -> {
      staging.loadProduction(shop.workTree().resolve(ShopFiles.MIGRATIONS));
      return Shop.PRODUCTION;
    });
    screen.step("Its Staging search index: " + ShopFiles.PRODUCTS + " products", () -> {
      staging.loadIndex();
      return staging.core();
    });
  }

  /** Starts the workers and lets the repository's hook tell them of pushes. */
  void startWorkers(WorkerPlace place) throws Exception {
    Addresses addresses = screen.step("The five workers, " + switch (place) {
      case THIS_PROCESS -> "in this process";
      case OWN_PROCESSES -> "each in a process of its own";
    }, () -> installation.startWorkers(place));
    shop.playHost(addresses.webhook(Shop.KEY));
  }

  private long firstPush(Feed feed) throws Exception {
    shop.developer().run("checkout", "--quiet", "-b", Shop.BRANCH);
    shop.commitMigration("V3__cool_rating.sql", ShopFiles.V3);
    change.open();
    long took = push(feed, "A developer pushes " + Shop.BRANCH + " with a migration and opens a pull request", EnvironmentCreated.class);
    check(change.says("the pull request says where the environment is", ": ready", "PostgreSQL", "V3__cool_rating.sql"));
    return took;
  }

  private <E extends LifecycleEvent> long push(Feed feed, String title, Class<E> awaited) throws Exception {
    int mark = feed.mark();
    long began = System.nanoTime();
    screen.step(title, () -> {
      screen.detail(pushed());
      return feed.await(BRANCH, awaited, mark, PATIENCE);
    });
    return (System.nanoTime() - began) / 1_000_000;
  }

  /** What the git host said. */
  private String pushed(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("push", "origin", Shop.BRANCH));
    command.addAll(List.of(options));
    return shop.developer().run(command.toArray(String[]::new)).lines()
        .filter(line -> line.contains("webhook")).map(String::strip).collect(Collectors.joining("; "));
  }

  private Access access(StateTable table) throws InterruptedException {
    table.catchUp();
    return Access.to(table.of(BRANCH), config());
  }

  private Isolation isolation(StateTable table) throws Exception {
    Isolation isolation = new Isolation(staging, access(table));
    screen.step("Queries against the environment and against Staging", () -> {
      isolation.all().forEach(this::check);
      return isolation;
    });
    return isolation;
  }

  private long secondPush(Feed feed, Isolation isolation) throws Exception {
    shop.commitMigration("V4__reviews.sql", ShopFiles.V4);
    int mark = feed.mark();
    long took = push(feed, "A second push migrates it further", EnvironmentModified.class);
    check(new Check("the second push's table is there", isolation.database().hasTable("review"), "review"));
    long kept = isolation.database().number("SELECT count(*) FROM customer WHERE email = ?", "new@branch.example");
    check(new Check("and what was written in the environment is still there", kept == 1, kept + " row"));
    screen.step("The delta report: tried on a copy of Production, too", () -> {
      PushedReport report = PushedReport.await(feed, config(), BRANCH, pushedCommit(), mark);
      screen.detail(report.verdict());
      check(report.says("the report speaks of the new migration", "V4__reviews.sql"));
      check(report.says("it says what only Production has: rows in the way", ShopFiles.GIFTS + " rows", "product_costs_something"));
      check(change.says("the same comment speaks of it too", ": ready", "V4__reviews.sql", "Delta report", "Production's snapshot"));
      return report.blob();
    });
    return took;
  }

  private Commit pushedCommit() throws Exception {
    return new Commit(shop.developer().run("rev-parse", "HEAD"));
  }

  private void rewrite(Feed feed, StateTable table) throws Exception {
    shop.amend("V4__reviews.sql", ShopFiles.V4_EDITED, ShopFiles.stemmingSchema());
    int mark = feed.mark();
    var rebuilt = new Feed.Awaited<>(BRANCH, EnvironmentModified.class, e -> e.replacement().isPresent());
    screen.step("The developer edits it, and Solr's schema, and force-pushes: the environment is made anew, by itself", () -> {
      screen.detail(pushed("--force"));
      return feed.await(rebuilt, mark, PATIENCE);
    });
    Database database = new Isolation(staging, access(table)).database();
    check(new Check("the edited migration stands in place of the old", database.hasColumn("review", "body"), "review.body"));
    long kept = database.number("SELECT count(*) FROM customer WHERE email = ?", "new@branch.example");
    check(new Check("on the snapshot's rows, without what was written before", kept == 0, kept + " rows"));
    SolrCore core = staging.core(access(table).coordinates(StoreKind.SOLR).name());
    core.add("[{\"id\":\"walls\",\"name_t\":\"Garden walls\"}]");
    check(new Check("its search index has the branch's schema: a wall finds walls", core.hits("name_t:wall") == 1, "1 hit"));
    screen.step("And its delta report", () -> {
      PushedReport report = PushedReport.await(feed, config(), BRANCH, pushedCommit(), mark);
      screen.detail(report.verdict());
      check(report.says("now it goes through on Production's rows, too", "on Production's snapshot 3 migrations applied"));
      check(report.says("the search index needs a reindex, the report says", "A reindex is needed"));
      return report.blob();
    });
  }

  private long merge(Feed feed, Access access) throws Exception {
    StoreCoordinates database = access.coordinates(StoreKind.POSTGRES);
    StoreCoordinates core = access.coordinates(StoreKind.SOLR);
    StoreCoordinates redis = access.coordinates(StoreKind.REDIS);
    PlayedGitHost.Merge merge = mergeLocally();
    int mark = feed.mark();
    long began = System.nanoTime();
    EnvironmentDeleted deleted = screen.step("The change is merged into main: backup, then destroy", () -> {
      change.merge();
      int status = shop.host().merged(merge);
      screen.detail("webhook pull_request closed, merged: answered " + status);
      return feed.await(BRANCH, EnvironmentDeleted.class, mark, PATIENCE);
    });
    long took = (System.nanoTime() - began) / 1_000_000;
    screen.step("Is it gone, and is it kept?", () -> {
      check(new Check("the database is gone", staging.databasesCalled(database.name()) == 0, database.name()));
      check(new Check("the search index is gone", !staging.core(core.name()).stands(), core.name()));
      check(new Check("its Redis is gone", !new RedisServer(redis.host(), redis.port()).listens(),
          "nothing listens on " + redis.port()));
      kept(deleted.backups());
      check(change.says("the comment says that it is gone, and how it comes back", ": destroyed", "offshoot env restore"));
      return deleted;
    });
    return took;
  }

  private void kept(List<BackupReceipt> receipts) throws Exception {
    for (BackupReceipt receipt : receipts) {
      screen.detail("receipt: " + receipt.kind() + " kept as " + receipt.kept() + ", " + receipt.bytes() + " bytes, "
          + receipt.verified());
    }
    BackupReceipt receipt = receipts.stream().filter(r -> r.kind() == StoreKind.POSTGRES).findFirst()
        .orElseThrow(() -> new CommandFailed("The environment was destroyed without a receipt for its database"));
    boolean kept = staging.databasesCalled(receipt.kept()) == 1;
    check(new Check("its database is kept under another name", kept, receipt.kept()));
  }

  private PlayedGitHost.Merge mergeLocally() throws Exception {
    Git developer = shop.developer();
    String head = developer.run("rev-parse", "HEAD");
    String base = developer.run("rev-parse", "main");
    developer.run("checkout", "--quiet", "main");
    developer.run("merge", "--quiet", "--no-ff", "--message", "Merge " + Shop.BRANCH, Shop.BRANCH);
    developer.run("push", "--quiet", "origin", "main");
    return new PlayedGitHost.Merge((int) ShopChange.NUMBER, Shop.BRANCH, head, base, developer.run("rev-parse", "HEAD"));
  }

  private void check(Check check) {
    checks.add(check);
    screen.check(check);
  }
}
