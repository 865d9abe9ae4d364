package dev.offshoot.environment;

import java.util.Optional;

/**
 * Where an environment comes from: enough to name it.
 *
 * @param ref the branch; of a rehearsal, of the environment it rehearses for; of a static environment, and of a repository, the default
 *     branch
 * @param rehearsal of a rehearsal alone
 */
public record Origin(EnvironmentKind kind, RepositoryKey repository, GitRef ref, Optional<Rehearsal> rehearsal) {
  public Origin {
    if (rehearsal.isPresent() != (kind == EnvironmentKind.REHEARSAL)) {
      throw new IllegalArgumentException("A rehearsal, and nothing else, names the commit and the snapshot that are tried");
    }
  }

  public Origin(EnvironmentKind kind, RepositoryKey repository, GitRef ref) {
    this(kind, repository, ref, Optional.empty());
  }

  /**
   * What a rehearsal tries.
   *
   * @param epoch one of Production's
   */
  public record Rehearsal(Commit commit, EpochId epoch) {}

  public static Origin ofBranch(RepositoryKey repository, GitRef ref) {
    return new Origin(EnvironmentKind.FULL, repository, ref);
  }

  /** Staging of a repository. */
  public static Origin staging(RepositoryKey repository, String defaultBranch) {
    return new Origin(EnvironmentKind.STATIC, repository, GitRef.ofBranch(defaultBranch));
  }

  /** Production of a repository. */
  public static Origin production(RepositoryKey repository, String defaultBranch) {
    return new Origin(EnvironmentKind.PRODUCTION, repository, GitRef.ofBranch(defaultBranch));
  }

  /** The lane of what is decided about all branches of a repository together. */
  public static Origin ofRepository(RepositoryKey repository, String defaultBranch) {
    return new Origin(EnvironmentKind.REPOSITORY, repository, GitRef.ofBranch(defaultBranch));
  }

  /** The trial run of a commit of this branch on one of Production's epochs. */
  public Origin rehearsing(Rehearsal rehearsal) {
    return new Origin(EnvironmentKind.REHEARSAL, repository, ref, Optional.of(rehearsal));
  }

  public EnvironmentId environment() {
    return switch (kind) {
      case FULL -> EnvironmentId.of(repository, ref);
      case STATIC -> EnvironmentId.staging(repository);
      case PRODUCTION -> EnvironmentId.production(repository);
      case REHEARSAL -> rehearsal.map(tried -> EnvironmentId.of(repository, ref).rehearsing(tried)).orElseThrow();
      case REPOSITORY -> EnvironmentId.ofRepository(repository);
    };
  }

  /** The environment whose snapshots this one is made from; of a source, and of a repository, Staging. */
  public EnvironmentId source() {
    return switch (kind) {
      case FULL, STATIC, REPOSITORY -> EnvironmentId.staging(repository);
      case PRODUCTION, REHEARSAL -> EnvironmentId.production(repository);
    };
  }
}
