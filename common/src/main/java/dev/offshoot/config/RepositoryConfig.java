package dev.offshoot.config;

import java.util.List;

import dev.offshoot.environment.RepositoryKey;

/**
 * One entry of {@code repositories:}.
 *
 * @param host the git host whose deliveries its webhook understands
 * @param fullName {@code owner/name} as the host writes it; a delivery that names another is refused
 * @param url what commits are fetched from; never taken from a delivery
 * @param secrets one or two active webhook secrets; two while one is being replaced
 * @param branches which branches may get an environment by themselves
 * @param migrations the folder of Flyway migrations in the repository
 */
public record RepositoryConfig(
    RepositoryKey key,
    GitHostName host,
    String fullName,
    String url,
    String defaultBranch,
    List<Secret> secrets,
    Creation create,
    BranchRules branches,
    String migrations,
    StagingConfig staging) {
  public static final String DEFAULT_MIGRATIONS = "db/migration";

  public RepositoryConfig {
    secrets = List.copyOf(secrets);
  }

  /** Of which every branch may get an environment. */
  public RepositoryConfig(RepositoryKey key, GitHostName host, String fullName, String url, String defaultBranch, List<Secret> secrets,
      Creation create, String migrations, StagingConfig staging) {
    this(key, host, fullName, url, defaultBranch, secrets, create, BranchRules.ALL, migrations, staging);
  }

  /** {@code create:} what makes an environment. */
  public enum Creation {
    /** A push of a branch. */
    ON_PUSH,
    /** A person's command, and nothing else. */
    ON_COMMAND,
    /** A label of the branch's change. */
    ON_LABEL
  }
}
