package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.cli.demo.Git;
import dev.offshoot.cli.demo.Shop;
import dev.offshoot.cli.demo.ShopFiles;
import dev.offshoot.config.BranchRules;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PoolSize;
import dev.offshoot.config.PostgresCloning;
import dev.offshoot.config.ReportPolicy;
import dev.offshoot.config.ReportPolicy.Consequence;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Request;
import dev.offshoot.reporter.lint.Rules;
import dev.offshoot.wire.Json;

/**
 * What the delta report makes of migrations that real workers run on real servers, against verdicts that were written down
 * before. All cases are pushed at once; each test waits for its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerdictsTest {
  private static final Duration SOON = Duration.ofMinutes(4);
  private static final RepositoryKey USUAL = new RepositoryKey("verdicts");
  private static final RepositoryKey STRICT = new RepositoryKey("strict");
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(6);
  private static final Duration DEADLINE = Duration.ofSeconds(45);
  private static final ReportPolicy OF_STRICT = new ReportPolicy(
      Map.of("table-rewritten", Consequence.BLOCK, "lint/prefer-text-field", Consequence.BLOCK,
          "lint/ban-drop-column", Consequence.IGNORE, "lint-silenced", Consequence.NEEDS_DBA, "lock-blocks-reads", Consequence.NOTE),
      Duration.ZERO, 1000);
  /** Whether clones are their snapshot's is tried elsewhere. */
  private static final PostgresCloning UNCHECKED = new PostgresCloning(PoolSize.DEFAULT, 512, new PostgresCloning.Check(0, 0));
  private static final String MASKS = """
      postgres:
        "*.*": clear
        attic.things.*: clear
        people.email: email
      """;

  /** On demand, of scripts that no tool puts into a transaction, and a bound that is tried elsewhere. */
  private static final Set<String> NEVER_IN_A_REPORT =
      Set.of("require-table-schema", "require-statement-timeout", "ban-uncommitted-transaction", "findings-cut");

  private final Map<String, Commit> pushed = new HashMap<>();
  private RunningShop shop;

  static List<VerdictCase> cases() throws IOException {
    return VerdictCase.all();
  }

  @BeforeAll
  void everythingIsPushed(@TempDir Path folder) throws Exception {
    Path masks = Files.writeString(folder.resolve("masks.yaml"), MASKS);
    shop = RunningShop.otherwise(folder, USUAL.value(), new ShopSetting() {
      @Override
      public OffshootConfig config(OffshootConfig usual) {
        return configured(usual, masks);
      }

      @Override
      public void commit(Shop made) throws Exception {
        made.commitMigration("V3__stock.sql", Files.readString(VerdictCase.FOLDER.resolve("staging/V3__stock.sql")));
        made.developer().run("push", "--quiet", "origin", "main");
      }
    });
    Map<String, Origin> origins = new LinkedHashMap<>();
    Map<String, Map<String, String>> files = new LinkedHashMap<>();
    for (VerdictCase one : cases()) {
      files.computeIfAbsent(one.branch(), _ -> new LinkedHashMap<>()).putAll(one.pushes().getFirst());
      origins.put(one.branch(), origin(one, one.branch()));
      if (one.other().isPresent()) {
        files.put(one.otherBranch(), one.other().get());
        origins.put(one.otherBranch(), origin(one, one.otherBranch()));
      }
    }
    for (Map.Entry<String, Map<String, String>> branch : files.entrySet()) {
      commit(branch.getKey(), branch.getValue());
    }
    shop.shop().developer().run("checkout", "--quiet", "main");
    shop.shop().commitMigration("V50__ahead_of_staging.sql", "CREATE TABLE ahead (id bigint);\n");
    shop.shop().developer().run("push", "--quiet", "origin", "--all");
    origins.forEach((branch, origin) -> say(origin, branch));
    for (VerdictCase one : cases()) { // a rebase follows when what it rewrites was applied
      for (Map<String, String> next : one.pushes().subList(1, one.pushes().size())) {
        awaitReport(one, one.branch());
        commit(one.branch(), next);
        shop.shop().developer().run("push", "--quiet", "origin", one.branch());
        say(origin(one, one.branch()), one.branch());
      }
    }
  }

  private static OffshootConfig configured(OffshootConfig usual, Path masks) {
    RepositoryConfig made = usual.repositories().values().iterator().next();
    ReportPolicy patient = new ReportPolicy(Map.of(), LOCK_LIMIT, ReportPolicy.DEFAULT.rowLimit());
    OffshootConfig both = ShopSetting.withRepositories(usual, Map.of(
        USUAL, repository(made, USUAL, masks, patient), STRICT, repository(made, STRICT, masks, OF_STRICT)));
    WorkersConfig workers = usual.workers();
    StoresConfig stores = new StoresConfig(both.stores().postgres().with(UNCHECKED), both.stores().solr(), both.stores().redis());
    return new OffshootConfig(both.kafka(), stores, both.credentials(),
        new WorkersConfig(workers.webhooks(), workers.sweep(),
            new WorkersConfig.Migrate(DEADLINE, workers.migrate().processes()), workers.management()),
        both.blobs(), both.repositories(), both.services());
  }

  /** Without a search index, which no case is about. */
  private static RepositoryConfig repository(RepositoryConfig made, RepositoryKey key, Path masks, ReportPolicy policy) {
    StagingConfig staging = new StagingConfig(key.value() + "_staging", Optional.empty(),
        new StagingConfig.Snapshots(Optional.empty(), StagingConfig.Way.AUTO, Optional.empty(), Optional.of(masks)));
    return new RepositoryConfig(key, made.host(), made.fullName(), made.url(), made.defaultBranch(), made.secrets(), made.create(),
        BranchRules.ALL, made.migrations(), staging, Optional.empty(), policy);
  }

  private static Origin origin(VerdictCase one, String branch) {
    return Origin.ofBranch(one.isStrict() ? STRICT : USUAL, GitRef.ofBranch(branch));
  }

  /** The branch begins where main is, and has these files and no earlier ones of its own. */
  private void commit(String branch, Map<String, String> files) throws Exception {
    Git git = shop.shop().developer();
    if (pushed.containsKey(branch)) {
      git.run("checkout", "--quiet", branch);
      git.run("rm", "--quiet", "-r", ShopFiles.MIGRATIONS);
      git.run("checkout", "--quiet", "main", "--", ShopFiles.MIGRATIONS);
      git.run("rm", "--quiet", "--ignore-unmatch", "-f", ShopFiles.MIGRATIONS + "/V50__ahead_of_staging.sql");
    } else {
      git.run("checkout", "--quiet", "-b", branch, "main");
    }
    Path folder = shop.shop().workTree().resolve(ShopFiles.MIGRATIONS);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    git.run("add", "--all");
    git.run("commit", "--quiet", "--message", "Work on " + branch);
    pushed.put(branch, new Commit(git.run("rev-parse", "HEAD")));
  }

  private void say(Origin origin, String branch) {
    shop.say(new Request.BranchPushed(origin, tip(branch), false, false, "developer"));
  }

  private Commit tip(String branch) {
    return Optional.ofNullable(pushed.get(branch)).orElseThrow();
  }

  private Report awaitReport(VerdictCase one, String branch) {
    Commit commit = tip(branch);
    return Eventually.await(branch + " is reported on", SOON, () -> shop.table().of(origin(one, branch).environment()).report(),
        report -> report.filter(known -> known.commit().equals(commit)).isPresent()).orElseThrow();
  }

  private String blob(String key) {
    return new FolderBlobs(shop.config().blobs()).get(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isJudgedAsItsRulesSay(VerdictCase one) throws Exception {
    if (one.other().isPresent()) {
      awaitReport(one, one.otherBranch());
    }
    String key = awaitReport(one, one.branch()).blob();
    if (one.other().isPresent()) {
      Eventually.await("it is warned of the other branch as it should be", SOON, () -> check(one, key).collidesAsExpected());
    }
    try {
      check(one, key).holds();
    } catch (AssertionError e) { // runners number the cases, people know them by name
      throw new AssertionError(one + ": " + e.getMessage(), e);
    }
  }

  private VerdictCheck check(VerdictCase one, String key) throws IOException {
    return new VerdictCheck(one, published(key), blob(key + ".html"));
  }

  private JsonNode published(String key) throws IOException {
    return Json.mapper().readTree(blob(key + ".json"));
  }

  @Test
  void everyRuleThatCanSpeakInAReportIsExpectedSomewhere() throws IOException {
    Set<String> expected = cases().stream().flatMap(one -> Stream.of(one.head().split(" "))).collect(Collectors.toSet());

    assertThat(Rules.all()).extracting(rule -> rule.id().value()).filteredOn(rule -> !NEVER_IN_A_REPORT.contains(rule))
        .allMatch(rule -> expected.contains("lint/" + rule));
    assertThat(cases()).hasSizeGreaterThan(100);
  }

  /** The suite's other tests read the reports where this command does. */
  @Test
  void theCommandPrintsThatReport() throws Exception {
    VerdictCase one = cases().getFirst();
    String key = awaitReport(one, one.branch()).blob();

    Eventually.await("it prints what is published", SOON, () -> { // which is written again for each branch that collides
      RunningShop.Ran ran = shop.run("report", "show", one.branch(), "--json");
      assertThat(ran.status()).as(ran.err()).isZero();
      JsonNode verdict = ran.json().path("verdict");
      assertThat(verdict.path("reasons")).isNotEmpty();
      return verdict.equals(published(key).path("verdict"));
    });
  }

  @Test
  void noHostileCaseHasReachedTheServersFiles() throws Exception {
    for (VerdictCase one : cases()) {
      awaitReport(one, one.branch());
    }
    assertThat(Path.of("/tmp/offshoot-hostile")).doesNotExist();
  }

  @AfterAll
  void theSystemStops() {
    shop.close();
  }
}
