package dev.offshoot.sweeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;

class EpochPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Origin STAGING = Origin.staging(new RepositoryKey("shop"), "main");
  private static final Epoch OLDER = epoch("2026-11-21T09:00:00Z");
  private static final Epoch NEWEST = epoch("2026-11-22T09:00:00Z");
  private final EpochPolicy policy = new EpochPolicy(Duration.ofDays(1));

  private static Epoch epoch(String at) {
    return new Epoch(EpochId.at(Instant.parse(at)), Instant.parse(at), List.of());
  }

  private static EnvironmentState state(Origin origin, Intent intent) {
    return EnvironmentState.unknown(origin.environment())
        .with(new Presence(origin, intent, Optional.empty(), Optional.empty(), NOW));
  }

  private static EnvironmentState staging(Epoch... epochs) {
    return state(STAGING, new Intent.Declared()).with(new Epochs(List.of(epochs)));
  }

  @Test
  void anEpochThatCameOutOfUseIsAskedAboutAndThenLeftAloneUntilItIsDue() {
    EnvironmentState marked = staging(OLDER.unused(Optional.of(NOW)), NEWEST);

    assertThat(policy.decide(staging(OLDER, NEWEST), List.of(), NOW)).isPresent();
    assertThat(policy.decide(marked, List.of(), NOW.plus(Duration.ofHours(23)))).isEmpty();
    assertThat(policy.decide(marked, List.of(), NOW.plus(Duration.ofDays(1)))).get()
        .satisfies(ask -> assertThat(ask.due()).isEqualTo(NOW.plus(Duration.ofDays(1))));
  }

  @Test
  void nothingIsAskedWhereAllAreInUse() {
    EnvironmentState branch = state(Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("x")),
        new Intent.Standing(Incarnation.FIRST, OLDER.id()));

    assertThat(policy.decide(staging(OLDER, NEWEST), List.of(branch), NOW)).isEmpty();
    assertThat(policy.decide(branch, List.of(), NOW)).isEmpty();
  }
}
