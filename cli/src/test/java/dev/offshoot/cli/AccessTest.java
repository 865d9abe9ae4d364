package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;

class AccessTest {
  private static final String BRANCH = "'; DROP DATABASE x;--";
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Origin ORIGIN = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch(BRANCH));

  private static OffshootConfig config(String keyId) {
    return ConfigFile.parse("""
        kafka: {bootstrapServers: "kafka:9092"}
        stores:
          postgres: {host: db, user: postgres, password: secret}
          solr: {url: "http://solr:8983/solr", backups: /backups}
          redis: {server: /usr/bin/redis-server, directory: redis}
        credentials: {keyId: %s, masterKey: 0123456789abcdef-0123456789abcdef}
        blobs: {directory: blobs}
        services: {MAIL_URL: "smtp://mail:25"}
        """.formatted(keyId), Map.of(), Path.of("/"));
  }

  private static EnvironmentState standing() {
    Intent intent = new Intent.Standing(Incarnation.FIRST, EPOCH);
    return EnvironmentState.unknown(ORIGIN.environment())
        .with(new Presence(ORIGIN, intent, Optional.empty(), Optional.empty(), Instant.EPOCH))
        .with(new Stores(Incarnation.FIRST, EPOCH, "k1", List.of(
            new StoreCoordinates(StoreKind.POSTGRES, "db", 5432, "shop_x_i1", "shop_x_i1"),
            new StoreCoordinates(StoreKind.SOLR, "solr", 8983, "shop_x_i1", ""),
            new StoreCoordinates(StoreKind.REDIS, "cache", 6390, "", ""))));
  }

  @Test
  void anApplicationGetsTheTwelveFactorVariablesAndTheServices() {
    Map<String, String> variables = Access.to(standing(), config("k1")).dotenv().variables();

    assertThat(variables).containsOnlyKeys("DATABASE_URL", "REDIS_URL", "SOLR_URL", "BRANCH_NAME", "MAIL_URL")
        .containsEntry("SOLR_URL", "http://solr:8983/solr/shop_x_i1")
        .containsEntry("BRANCH_NAME", BRANCH)
        .containsEntry("MAIL_URL", "smtp://mail:25");
    assertThat(variables.get("DATABASE_URL")).matches("postgresql://shop_x_i1:[a-z2-7]{40}@db:5432/shop_x_i1");
    assertThat(variables.get("REDIS_URL")).matches("redis://:[a-z2-7]{40}@cache:6390");
  }

  @Test
  void passwordsOfAnotherMasterKeyAreNotMadeUp() {
    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> Access.to(standing(), config("k2")))
        .withMessageContainingAll("k1", "k2");
  }

  @Test
  void whileItIsRebuiltAnApplicationIsTakenToWhatServes() {
    Incarnation second = new Incarnation(2);
    Stores next = new Stores(second, EPOCH, "k1", List.of(new StoreCoordinates(StoreKind.POSTGRES, "db", 5432, "shop_x_i2", "shop_x_i2")));
    EnvironmentState rebuilt = standing().with(standing().stores().orElseThrow().beside(next))
        .with(new Presence(ORIGIN, new Intent.Resetting(Incarnation.FIRST, second, EPOCH, "edited"),
            Optional.empty(), Optional.empty(), Instant.EPOCH));

    assertThat(Access.to(rebuilt, config("k1")).dotenv()).isEqualTo(Access.to(standing(), config("k1")).dotenv());
  }

  @Test
  void anEnvironmentWithoutStoresHasNoAccess() {
    EnvironmentState gone = standing().with(
        new Presence(
            ORIGIN, new Intent.Creating(new Incarnation(2), EPOCH), Optional.empty(), Optional.empty(), Instant.EPOCH));

    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> Access.to(gone, config("k1")))
        .withMessageContaining("no stores now");
  }

  /** The facet of its stores stays. */
  @Test
  void aDestroyedEnvironmentHasNoAccessAndNoStoresToShow() {
    EnvironmentState gone = standing().with(new Presence(
        ORIGIN, new Intent.Destroyed(Incarnation.FIRST, "merged"), Optional.empty(), Optional.empty(), Instant.EPOCH));
    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> Access.to(gone, config("k1")))
        .withMessageContainingAll("is destroyed", "env create", "env restore " + gone.id());
    assertThat(EnvironmentView.of(gone).orElseThrow().stores()).isEmpty();
    assertThat(EnvironmentView.of(standing()).orElseThrow().stores()).hasSize(3);
  }
}
