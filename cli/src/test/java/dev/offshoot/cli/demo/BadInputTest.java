package dev.offshoot.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.cli.system.Closing;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topics;

/** All five workers on real servers, and what developers, strangers and broken machines do to them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final RepositoryKey REPOSITORY = new RepositoryKey(Shop.KEY);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Closing workers = new Closing();
  private Path folder;
  private Shop shop;
  private OffshootConfig config;
  private StateTable table;
  private EventPublisher publisher;

  @BeforeAll
  void theSystemRuns(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Metrics.addRegistry(meters);
    shop = new Shop(folder.resolve("shop"));
    shop.create();
    config = configuration();
    Topics.ensure(config.kafka());
    config.repositories().values().forEach(new StagingStores(config.stores())::ensure);
    new ShopStaging(config).loadDatabase(shop.workTree().resolve(ShopFiles.MIGRATIONS));
    for (WorkerName worker : WorkerName.values()) {
      workers.add(worker.start(config));
    }
    table = workers.add(StateTable.open(config.kafka()));
    publisher = workers.add(EventPublisher.open(config.kafka()));
  }

  @AfterAll
  void theSystemStops() {
    workers.close();
    Metrics.removeRegistry(meters);
  }

  private OffshootConfig configuration() throws Exception {
    EmbeddedPostgres postgres = SharedServers.postgres();
    StoresConfig stores = new StoresConfig(
        new PostgresConfig("127.0.0.1", postgres.port(), postgres.adminUser(), new Secret(postgres.adminPassword()), 20),
        new SolrConfig(SharedServers.solr().baseUrl(), SharedServers.solr().backups()),
        new RedisConfig.Processes(SharedServers.redisBinary(), folder.resolve("redis"), 64,
            Optional.of(SharedServers.redisKeeper())));
    RepositoryConfig repository = new RepositoryConfig(REPOSITORY, GitHostName.GITHUB, Shop.FULL_NAME, shop.bare().toString(), "main",
        List.of(new Secret(shop.secret())), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig(Shop.STAGING, Optional.of(Shop.STAGING)));
    return new OffshootConfig(KafkaConfig.at(SharedServers.kafka().bootstrapServers()), stores,
        new CredentialsConfig("test", new Secret("a master key of the tests, long enough")), WorkersConfig.defaults(),
        folder.resolve("blobs"), Map.of(REPOSITORY, repository), Map.of());
  }

  /** Commits a migration on a branch that starts at main and pushes it; returns the commit. */
  private Commit push(String branch, String file, String sql) throws Exception {
    boolean known = shop.developer().run("branch", "--list", branch).contains(branch);
    shop.developer().run("checkout", "--quiet", known ? branch : "main");
    if (!known) {
      shop.developer().run("checkout", "--quiet", "-b", branch);
    }
    shop.commitMigration(file, sql);
    shop.developer().run("push", "--quiet", "origin", branch);
    Commit commit = new Commit(shop.developer().run("rev-parse", "HEAD"));
    say(branch, commit);
    return commit;
  }

  private void say(String branch, Commit commit) {
    Origin origin = Origin.ofBranch(REPOSITORY, GitRef.ofBranch(branch));
    publisher.publish(Message.first(EventId.random(), EventSource.worker("test"), Instant.now(),
        new Request.BranchPushed(origin, commit, false, false, "developer"))).join();
  }

  private static EnvironmentId environment(String branch) {
    return EnvironmentId.of(REPOSITORY, GitRef.ofBranch(branch));
  }

  private EnvironmentState await(String branch, String what, Predicate<EnvironmentState> holds) {
    return Eventually.await(branch + " is " + what, SOON, () -> table.of(environment(branch)), holds);
  }

  private EnvironmentState awaitReadyAt(String branch, Commit commit) {
    return await(branch, "ready", s -> s.phase() == Phase.READY && s.presence().orElseThrow().tip().equals(Optional.of(commit)));
  }

  private static Predicate<EnvironmentState> in(Phase phase) {
    return state -> state.phase() == phase;
  }

  @Test
  void aSyntaxErrorFailsTheEnvironmentWithItsPlaceAndTheNextPushHealsIt() throws Exception {
    push("feature/typo", "V3__typo.sql", "CREATE TABLE fine (id int);\n\nCREATE TABEL broken (id int);\n");
    EnvironmentState failed = await("feature/typo", "failed", in(Phase.FAILED));
    assertThat(failed.failure().orElseThrow()).contains("V3__typo.sql:3", "TABEL");
    String shown = EnvironmentView.of(failed).orElseThrow().text();
    assertThat(shown).contains("failed", "V3__typo.sql", "CREATE TABEL broken");
    EnvironmentState reported = await("feature/typo", "reported", s -> s.report().isPresent());
    String report = new String(new FolderBlobs(config.blobs()).get(reported.report().orElseThrow().blob() + ".md").orElseThrow(),
        StandardCharsets.UTF_8);
    assertThat(report).contains("V3__typo.sql", "CREATE TABEL broken");

    Commit fixed = push("feature/typo", "V3__typo.sql", "CREATE TABLE fine (id int);\n");
    assertThat(awaitReadyAt("feature/typo", fixed).currentSchema().orElseThrow().version()).isEqualTo("3");
  }

  @Test
  void hostileBranchNamesGetOrdinaryEnvironments() throws Exception {
    String injection = "feature/';DROP-DATABASE-shop_staging;--";
    String emoji = "🌱".repeat(60);
    Commit first = push(injection, "V3__a.sql", "CREATE TABLE a (id int);\n");
    Commit second = push(emoji, "V3__b.sql", "CREATE TABLE b (id int);\n");
    EnvironmentState one = awaitReadyAt(injection, first);
    EnvironmentState two = awaitReadyAt(emoji, second);
    assertThat(databaseOf(one)).matches("[a-z0-9_]{1,63}").isNotEqualTo(databaseOf(two));
    assertThat(new ShopStaging(config).databasesCalled(Shop.STAGING)).isEqualTo(1);
  }

  private static String databaseOf(EnvironmentState state) {
    return state.stores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow().name();
  }

  @Test
  void twoBranchesThatSlugAlikeGetTwoEnvironments() throws Exception {
    Commit first = push("feature/same-name", "V3__a.sql", "CREATE TABLE a (id int);\n");
    Commit second = push("feature/same_name", "V3__b.sql", "CREATE TABLE b (id int);\n");
    assertThat(databaseOf(awaitReadyAt("feature/same-name", first)))
        .isNotEqualTo(databaseOf(awaitReadyAt("feature/same_name", second)));
  }

  @Test
  void aPushThatIsToldOfButIsNowhereLeavesNothingAndTheNextOneIsServed() throws Exception {
    say("feature/ghost", new Commit("0123456789abcdef0123456789abcdef01234567"));
    EnvironmentState gone = await("feature/ghost", "gone again", in(Phase.DESTROYED));
    assertThat(new ShopStaging(config).databasesCalled(databaseOf(gone))).isZero();
    Commit real = push("feature/ghost", "V3__a.sql", "CREATE TABLE a (id int);\n");
    assertThat(awaitReadyAt("feature/ghost", real).incarnation()).contains(new Incarnation(2));
  }

  @Test
  void aRepositoryThatCannotBeReachedIsWaitedFor() throws Exception {
    Path away = folder.resolve("away.git");
    shop.developer().run("checkout", "--quiet", "-b", "feature/unreachable", "main");
    shop.commitMigration("V3__a.sql", "CREATE TABLE a (id int);\n");
    shop.developer().run("push", "--quiet", "origin", "feature/unreachable");
    Commit commit = new Commit(shop.developer().run("rev-parse", "HEAD"));
    Files.move(shop.bare(), away);
    double before = retries("provisioner");
    say("feature/unreachable", commit);
    Eventually.await("the provisioner tried in vain", SOON, () -> retries("provisioner") > before);
    Files.move(away, shop.bare());
    awaitReadyAt("feature/unreachable", commit);
  }

  @Test
  void aPostgresThatIsDownIsWaitedFor() throws Exception {
    SharedServers.postgres().stop();
    Commit commit;
    try {
      double before = retries("provisioner");
      commit = push("feature/patient", "V3__a.sql", "CREATE TABLE a (id int);\n");
      Eventually.await("the provisioner tried in vain", SOON, () -> retries("provisioner") > before);
      assertThat(table.of(environment("feature/patient")).phase()).isNotEqualTo(Phase.READY);
    } finally {
      SharedServers.postgres().resume();
    }
    awaitReadyAt("feature/patient", commit);
  }

  private double retries(String worker) {
    return meters.find("offshoot.worker.retries").tag("worker", worker).counters().stream().mapToDouble(Counter::count).sum();
  }
}
