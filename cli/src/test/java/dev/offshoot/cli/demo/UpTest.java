package dev.offshoot.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.cli.OffshootMain;
import dev.offshoot.config.Secret;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.wire.Json;

/** {@code up} with a user's own repository, and the commands that speak to it. */
class UpTest {
  private static final Duration FOR_START = Duration.ofMinutes(4);
  private static final Duration FOR_COMMAND = Duration.ofMinutes(4);
  private static final String BRANCH = "feature/kept";
  private static final String ANOTHER = "feature/another";

  @TempDir
  Path folder;

  private Path config;
  private Shop shop;

  @BeforeEach
  void aRepositoryWithABranch() throws Exception {
    shop = new Shop(folder.resolve("shop"));
    shop.create();
    shop.developer().run("checkout", "--quiet", "-b", BRANCH);
    shop.commitMigration("V3__cool_rating.sql", ShopFiles.V3);
    shop.developer().run("push", "--quiet", "origin", BRANCH);
    config = Files.writeString(folder.resolve("offshoot.yaml"), shop.configuration());
  }

  private OffshootProcess up() throws Exception {
    OffshootProcess up =
        OffshootProcess.start(folder, "up", "--data", folder.resolve("data").toString(), "--config", config.toString(),
            "--log-format", "json");
    up.awaitLine("Offshoot is up", FOR_START);
    assertThat(up.out()).as(up.err()).contains("Offshoot is up", "/webhooks/shop");
    return up;
  }

  /** In this process, where it need not start a JVM. */
  private String command(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = OffshootMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(inData(words));
    assertThat(status).as(() -> String.join(" ", words) + ": " + out + err).isZero();
    return out.toString();
  }

  private String commandAsAProcess(String... words) throws Exception {
    try (OffshootProcess command = OffshootProcess.start(folder, inData(words))) {
      assertThat(command.awaitEnd(FOR_COMMAND)).as(() -> String.join(" ", words) + ": " + text(command)).isZero();
      return command.out();
    }
  }

  private String[] inData(String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--data", folder.resolve("data").toString())).toArray(String[]::new);
  }

  private static String text(OffshootProcess process) {
    try {
      return process.out() + process.err();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void assertGone(List<ProcessHandle> family) {
    Eventually.await("no process is left", Duration.ofMinutes(2),
        () -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void whatWasKilledIsFoundAgainAndWhatIsStoppedLeavesNoProcessBehind() throws Exception {
    try (OffshootProcess up = up()) {
      assertThat(up.err()).contains("Staging of shop is empty", "psql", "jdbc:postgresql://", "snapshot take shop");
      assertThat(commandAsAProcess("env", "create", "shop", BRANCH)).contains("ready", "V3__cool_rating.sql");
      write();
      List<ProcessHandle> family = up.family();
      up.kill();
      assertGone(family);
    }
    try (OffshootProcess again = up()) {
      JsonNode shown = Json.mapper().readTree(command("env", "show", BRANCH, "--json"));
      assertThat(shown.path("phase").asText()).isEqualTo("ready");
      assertThat(database().number("SELECT count(*) FROM product WHERE name = 'Kept'")).isEqualTo(1);
      redisAnswers();
      killPostgres();
      shop.developer().run("push", "--quiet", "origin", BRANCH + ":" + ANOTHER);
      assertThat(command("env", "create", "shop", ANOTHER)).contains("ready", "V3__cool_rating.sql");
      nothingOfABranchIsALabel(again);
      everyLineOfTheLogIsJson();
      assertThat(command("report", "show", "kept")).contains("V3__cool_rating.sql");
      new LostDatabase(folder.resolve("data"), EnvironmentId.of(new RepositoryKey(Shop.KEY), GitRef.ofBranch(BRANCH)))
          .isRebuiltToEpochAndMigrations(() -> command("replay", "--all", "--yes"));
      assertThat(command("events")).contains("is not carried over", "work in it that no archive has is lost");
      assertThat(command("snapshot", "take", "shop")).startsWith("e");
      assertThat(Json.mapper().readTree(command("snapshot", "list", "--json"))).hasSizeGreaterThan(1);
      assertThat(commandAsAProcess("env", "destroy", "kept")).contains("destroyed", "backup");
      assertThat(command("env", "list")).doesNotContain(BRANCH);
      assertThat(command("events")).contains("created: usable", "deleted: ");
      List<ProcessHandle> family = again.family();
      again.terminate();
      assertGone(family);
    }
  }

  private void killPostgres() throws IOException {
    Path pid = folder.resolve("data/servers/postgres/data/postmaster.pid");
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip())).orElseThrow();
    postmaster.destroyForcibly();
  }

  private void nothingOfABranchIsALabel(OffshootProcess up) throws Exception {
    String url = up.out().lines().filter(line -> line.contains("/metrics")).findFirst().orElseThrow().strip().replaceAll(".* ", "");
    String ready = url.replace("/metrics", "/health/ready");
    try (HttpClient client = HttpClient.newHttpClient()) {
      String metrics = client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).body();
      assertThat(metrics).contains("offshoot_worker_outcomes_total{outcome=\"done\",worker=\"provisioner\"}",
          "offshoot_store_step_seconds_count{outcome=\"done\",step=\"ensure\",store=\"postgres\"}",
          "offshoot_migration_step_seconds_count{outcome=\"done\",step=\"flyway\"}");
      assertThat(metrics.lines().filter(line -> !line.startsWith("#")))
          .noneMatch(line -> line.contains("kept") || line.contains("another"));
      assertThat(metrics).doesNotContainPattern("[0-9a-f]{40}");
      // one of the five may be reading its partitions still, or again
      Eventually.await("it is ready", Duration.ofMinutes(2), () -> client.send(
          HttpRequest.newBuilder(URI.create(ready)).build(), HttpResponse.BodyHandlers.ofString()), answer -> answer.statusCode() == 200);
    }
  }

  private void everyLineOfTheLogIsJson() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    String log = Files.readString(folder.resolve("data/logs/offshoot.log"));
    for (String line : log.substring(0, log.lastIndexOf('\n')).lines().toList()) { // the last may be being written
      lines.add(Json.mapper().readTree(line));
    }
    assertThat(lines).anySatisfy(line -> {
      assertThat(line.path("message").asText()).isEqualTo("Stands");
      assertThat(line.path("trace_id").asText()).hasSize(32);
      assertThat(line.path("environment").asText()).startsWith("another-");
      assertThat(line.path("attempt").asText()).isNotEmpty();
      assertThat(line.path("worker").asText()).isEqualTo("provisioner");
    });
  }

  private void write() throws Exception {
    database().execute("INSERT INTO product (name, price_cents) VALUES ('Kept', 1)");
  }

  private JsonNode dotenv() throws Exception {
    return Json.mapper().readTree(command("env", "dotenv", BRANCH, "--json"));
  }

  private Database database() throws Exception {
    URI url = URI.create(dotenv().path("DATABASE_URL").asText());
    String[] login = url.getUserInfo().split(":", 2);
    String jdbc = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
    return new Database(jdbc, login[0], new Secret(login[1]));
  }

  private void redisAnswers() throws Exception {
    URI url = URI.create(dotenv().path("REDIS_URL").asText());
    String[] login = url.getUserInfo().split(":", 2);
    String auth = login[0].isEmpty() ? "AUTH " + login[1] : "AUTH " + login[0] + " " + login[1];
    RedisServer redis = new RedisServer(url.getHost(), url.getPort());

    Eventually.await("Redis answers again", Duration.ofMinutes(2), () -> redis.answer(auth, "PING").contains("+PONG"));
  }
}
