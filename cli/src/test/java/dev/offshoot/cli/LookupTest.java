package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;

class LookupTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private final EnvironmentState page = state(Origin.ofBranch(SHOP, GitRef.ofBranch("feature/page")));
  private final EnvironmentState pages = state(Origin.ofBranch(SHOP, GitRef.ofBranch("feature/page-two")));
  private final EnvironmentState other =
      state(Origin.ofBranch(new RepositoryKey("blog"), GitRef.ofBranch("feature/page")));
  private final EnvironmentState staging = state(Origin.staging(SHOP, "main"));
  private final Lookup lookup = new Lookup(List.of(page, pages, staging));

  private static EnvironmentState state(Origin origin) {
    Intent intent = new Intent.Standing(Incarnation.FIRST, new EpochId("e261121093000000"));
    return EnvironmentState.unknown(origin.environment())
        .with(new Presence(origin, intent, Optional.empty(), Optional.empty(), Instant.EPOCH));
  }

  @Test
  void anEnvironmentIsFoundByNameBranchAndTheBeginningOfItsName() {
    assertThat(lookup.find(page.id().value())).isEqualTo(page);
    assertThat(lookup.find("feature/page-two")).isEqualTo(pages);
    assertThat(lookup.find("page-two")).isEqualTo(pages);
    assertThat(lookup.find("stag")).isEqualTo(staging);
  }

  @Test
  void whatMayMeanSeveralIsRefusedWithTheirNames() {
    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> lookup.find("page"))
        .withMessageContainingAll(page.id().value(), pages.id().value());
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> new Lookup(List.of(page, other)).find("feature/page"))
        .withMessageContainingAll(page.id().value(), other.id().value());
  }

  @Test
  void theDefaultBranchDoesNotMeanStaging() {
    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> lookup.find("main"))
        .withMessageContaining("env list");
  }

  @Test
  void anUnknownOneIsSaidToBeUnknownWithoutItsControlCharacters() {
    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> lookup.find("no\u001b[31m"))
        .withMessageNotContaining("\u001b");
    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> lookup.find(""));
  }
}
