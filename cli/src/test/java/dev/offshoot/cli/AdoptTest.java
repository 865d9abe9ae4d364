package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.Request;

/** Kafka is lost, the stores are not. */
class AdoptTest {
  private static final String KEPT = "feature/kept";
  private static final String BROKEN = "feature/broken";
  private static final String GONE = "feature/gone";
  private static final String DESTROYED = "feature/destroyed";

  @TempDir
  Path folder;

  @Test
  void aLostStateIsRebuiltFromWhatStandsInTheStoresAndTheBranches() throws Exception {
    EnvironmentState before;
    Commit commit;
    try (RunningShop shop = RunningShop.start(folder, "adopted", folder.resolve("kafka"))) {
      commit = shop.push(KEPT, "V3__kept.sql", "CREATE TABLE kept (id int);");
      before = shop.awaitReadyAt(KEPT, commit);
      shop.admin(shop.database(KEPT), "INSERT INTO kept VALUES (42)");
      for (String branch : List.of(BROKEN, GONE, DESTROYED)) {
        shop.awaitReadyAt(branch, shop.push(branch, "V3__other.sql", "CREATE TABLE other (id int);"));
      }
      shop.say(new Request.DestroyRequested(shop.origin(DESTROYED), "test", "tester"));
      shop.await(DESTROYED, "destroyed", s -> s.phase() == Phase.DESTROYED);
      shop.admin("postgres", "DROP DATABASE " + shop.database(BROKEN) + " WITH (FORCE)");
      shop.shop().developer().run("push", "--quiet", "origin", "--delete", GONE);
    }
    try (RunningShop shop = RunningShop.start(folder, "adopted", folder.resolve("another-kafka"))) {
      RunningShop.Ran dry = shop.run("adopt", "--dry-run", "--json");
      assertThat(dry.status()).as(dry.err()).isZero();
      assertThat(what(dry, shop.environment(KEPT))).contains("adopted as it stands");
      assertThat(what(dry, shop.environment(BROKEN))).contains("made anew as incarnation 2");
      assertThat(what(dry, shop.environment(DESTROYED))).contains("remembered as destroyed");
      assertThat(what(dry, shop.environment(GONE))).contains("left alone");
      assertThat(shop.table().of(before.id()).presence()).isEmpty();

      RunningShop.Ran ran = shop.run("adopt");
      assertThat(ran.status()).as(ran.out() + ran.err()).isZero();

      EnvironmentState after = shop.awaitReadyAt(KEPT, commit);
      assertThat(after.stores().orElseThrow()).isEqualTo(before.stores().orElseThrow());
      assertThat(shop.number(shop.database(KEPT), "SELECT id FROM kept")).isEqualTo(42);
      assertThat(shop.table().of(shop.environment(BROKEN)).incarnation().orElseThrow().number()).isEqualTo(2);
      EnvironmentState destroyed = shop.table().of(shop.environment(DESTROYED));
      assertThat(destroyed.phase()).isEqualTo(Phase.DESTROYED);
      assertThat(destroyed.backups().orElseThrow().receipts()).extracting(r -> r.kind()).contains(StoreKind.POSTGRES);
      assertThat(shop.table().of(shop.environment(GONE)).presence()).isEmpty();
      assertThat(shop.table().of(EnvironmentId.staging(new RepositoryKey("adopted"))).epochs().orElseThrow()
          .find(before.stores().orElseThrow().epoch())).isPresent();

      livesOn(shop);
      assertThat(shop.run("adopt").out()).contains("No environment was to be adopted");
    }
  }

  /** The next push is migrated in the same incarnation, and its end is backed up. */
  private static void livesOn(RunningShop shop) throws Exception {
    Commit next = shop.push(KEPT, "V4__next.sql", "CREATE TABLE next (id int);");
    EnvironmentState moved = shop.awaitReadyAt(KEPT, next);
    assertThat(moved.incarnation().orElseThrow().number()).isEqualTo(1);
    assertThat(moved.currentSchema().orElseThrow().applied()).extracting(m -> m.script()).containsExactly("V4__next.sql");

    RunningShop.Ran destroyed = shop.run("env", "destroy", KEPT);
    assertThat(destroyed.status()).as(destroyed.err()).isZero();
    assertThat(shop.table().of(shop.environment(KEPT)).backups().orElseThrow().receipts()).hasSize(3);
  }

  private static String what(RunningShop.Ran ran, EnvironmentId environment) throws Exception {
    Optional<JsonNode> row = ran.json().valueStream()
        .filter(r -> r.path("environment").asText().equals(environment.value())).findFirst();
    return row.orElseThrow(() -> new AssertionError(environment + " is not in " + ran.out())).path("what").asText();
  }
}
