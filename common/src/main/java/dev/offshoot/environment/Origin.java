package dev.offshoot.environment;

/**
 * Where an environment comes from: enough to name it.
 *
 * @param ref the branch; of a static environment, and of a repository, the default branch
 */
public record Origin(EnvironmentKind kind, RepositoryKey repository, GitRef ref) {

  public static Origin ofBranch(RepositoryKey repository, GitRef ref) {
    return new Origin(EnvironmentKind.FULL, repository, ref);
  }

  /** Staging of a repository. */
  public static Origin staging(RepositoryKey repository, String defaultBranch) {
    return new Origin(EnvironmentKind.STATIC, repository, GitRef.ofBranch(defaultBranch));
  }

  /** The lane of what is decided about all branches of a repository together. */
  public static Origin ofRepository(RepositoryKey repository, String defaultBranch) {
    return new Origin(EnvironmentKind.REPOSITORY, repository, GitRef.ofBranch(defaultBranch));
  }

  public EnvironmentId environment() {
    return switch (kind) {
      case FULL -> EnvironmentId.of(repository, ref);
      case STATIC -> EnvironmentId.staging(repository);
      case REPOSITORY -> EnvironmentId.ofRepository(repository);
    };
  }
}
