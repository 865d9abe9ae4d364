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
    String migrations,
    StagingConfig staging) {
  public static final String DEFAULT_MIGRATIONS = "db/migration";

  public RepositoryConfig {
    secrets = List.copyOf(secrets);
  }

  /** {@code create:} what makes an environment. */
  public enum Creation {
    ON_PUSH,
    ON_COMMAND
  }
}
