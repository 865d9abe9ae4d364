package dev.offshoot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Report;

/** What is destroyed can be listed and brought back, by the commands that people have. */
class BackupsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path folder;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path kafka;

  /** Set before the first test. */
  @SuppressWarnings("NullAway.Init")
  private static RunningShop shop;

  @BeforeAll
  static void theSystemRuns() throws Exception {
    shop = RunningShop.start(folder, "kept", kafka);
  }

  @AfterAll
  static void theSystemStops() {
    shop.close();
  }

  @Test
  void whatWasDestroyedIsListedAndComesBackWithWhatWasInIt() throws Exception {
    Commit commit = shop.push("feature/kept", "V3__kept.sql", "CREATE TABLE kept (id int);");
    shop.awaitReadyAt("feature/kept", commit);
    shop.admin(shop.database("feature/kept"), "INSERT INTO kept VALUES (7)");
    assertThat(shop.run("env", "restore", "feature/kept", "--yes").err()).contains("No backup");
    assertThat(shop.run("env", "destroy", "feature/kept").status()).isZero();

    RunningShop.Ran listed = shop.run("backups", "list", "feature/kept", "--json");
    assertThat(listed.status()).as(listed.err()).isZero();
    assertThat(listed.json().valueStream().map(row -> row.path("store").asText())).contains("postgres", "redis");
    JsonNode database = listed.json().valueStream().filter(row -> row.path("store").asText().equals("postgres")).findFirst()
        .orElseThrow();
    assertThat(database.path("method").asText()).isEqualTo("retained");
    assertThat(database.path("incarnation").asInt()).isEqualTo(1);
    assertThat(database.hasNonNull("epoch") && database.hasNonNull("expires")).isTrue();
    assertThat(shop.run("backups", "list").out()).contains("PROOF", "rows counted");
    assertThat(shop.run("env", "restore", "feature/kept", "--dry-run").out()).contains("postgres");
    assertThat(shop.run("env", "restore", "feature/kept", "--incarnation", "5", "--yes").err()).contains("there are backups of [1]");

    RunningShop.Ran restored = shop.run("env", "restore", "feature/kept", "--yes", "--json");

    assertThat(restored.status()).as(restored.out() + restored.err()).isZero();
    assertThat(restored.json().path("phase").asText()).isEqualTo("ready");
    assertThat(restored.json().path("incarnation").asInt()).isEqualTo(2);
    assertThat(shop.number(shop.database("feature/kept"), "SELECT id FROM kept")).isEqualTo(7);
    assertThat(shop.run("env", "restore", "feature/kept", "--yes").err()).contains("env destroy");
    assertThat(shop.run("backups", "list", "feature/kept").out()).contains("postgres");
  }

  /** The host forgets the commit with the branch. */
  @Test
  void itComesBackAlsoAfterItsBranchWasDeleted() throws Exception {
    Commit commit = shop.push("feature/deleted", "V3__deleted.sql", "CREATE TABLE deleted (id int);");
    shop.awaitReadyAt("feature/deleted", commit);
    shop.await("feature/deleted", "reported on, which the report of what is restored builds upon", state -> state.report().isPresent());
    shop.admin(shop.database("feature/deleted"), "INSERT INTO deleted VALUES (7)");
    shop.shop().developer().run("push", "--quiet", "origin", ":feature/deleted");
    assertThat(shop.run("env", "destroy", "feature/deleted").status()).isZero();

    RunningShop.Ran restored = shop.run("env", "restore", "feature/deleted", "--yes", "--json");

    assertThat(restored.status()).as(restored.out() + restored.err()).isZero();
    assertThat(restored.json().path("phase").asText()).isEqualTo("ready");
    assertThat(shop.number(shop.database("feature/deleted"), "SELECT id FROM deleted")).isEqualTo(7);
    Report report = shop.await("feature/deleted", "reported on", state -> state.report()
        .filter(one -> one.incarnation().equals(Incarnation.FIRST.next())).isPresent()).report().orElseThrow();
    assertThat(new FolderBlobs(shop.config().blobs()).get(report.blob() + ".md").map(text -> new String(text, UTF_8)).orElseThrow())
        .contains("V3__deleted.sql", "The commit " + commit.id() + " is not in");
  }
}
