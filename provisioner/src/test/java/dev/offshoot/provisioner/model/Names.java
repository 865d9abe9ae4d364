package dev.offshoot.provisioner.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.store.Owner;

/** The one repository, branch and epoch of the model. */
final class Names {
  static final Instant BEGINNING = Instant.parse("2026-11-21T10:00:00Z");
  static final RepositoryConfig REPOSITORY = new RepositoryConfig(new RepositoryKey("shop"), GitHostName.GITEA,
      "acme/shop", "file:///nowhere", "main", List.of(new Secret("a-secret-that-nobody-uses")),
      RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
      new StagingConfig("shop", Optional.empty()));
  static final Origin BRANCH = Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch("feature/modelled"));
  static final EnvironmentId ENVIRONMENT = BRANCH.environment();
  static final EnvironmentState UNKNOWN = EnvironmentState.unknown(ENVIRONMENT);
  static final EnvironmentState STAGING = staging();
  private static final List<Commit> COMMITS = IntStream.rangeClosed(1, 9)
      .mapToObj(number -> new Commit(Integer.toString(number).repeat(40))).toList();

  private Names() {
  }

  private static EnvironmentState staging() {
    Epoch epoch = new Epoch(EpochId.at(BEGINNING), BEGINNING,
        List.of(new StoreSnapshot(StoreKind.POSTGRES, "snapshot", BEGINNING, 1)));
    return EnvironmentState.unknown(EnvironmentId.staging(REPOSITORY.key())).with(new Epochs(List.of(epoch)));
  }

  static Owner owner(Incarnation incarnation) {
    return new Owner(REPOSITORY.key(), ENVIRONMENT, incarnation);
  }

  /** The nth commit of the branch, from 1. */
  static Commit commit(int number) {
    return COMMITS.get(number - 1);
  }
}
