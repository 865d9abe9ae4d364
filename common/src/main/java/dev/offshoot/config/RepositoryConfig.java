package dev.offshoot.config;

import java.util.List;
import java.util.Optional;

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
 * @param feedback empty where the git host is told nothing
 * @param report what the verdict of its delta reports goes by
 * @param flyway how its migrations are read and ordered
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
    StagingConfig staging,
    Optional<FeedbackConfig> feedback,
    ReportPolicy report,
    FlywayConfig flyway) {
  public static final String DEFAULT_MIGRATIONS = "db/migration";

  public RepositoryConfig {
    secrets = List.copyOf(secrets);
  }

  /** With Flyway's usual settings. */
  public RepositoryConfig(RepositoryKey key, GitHostName host, String fullName, String url, String defaultBranch, List<Secret> secrets,
      Creation create, BranchRules branches, String migrations, StagingConfig staging, Optional<FeedbackConfig> feedback,
      ReportPolicy report) {
    this(key, host, fullName, url, defaultBranch, secrets, create, branches, migrations, staging, feedback, report, FlywayConfig.DEFAULT);
  }

  /** Of which every branch may get an environment, and whose git host is told nothing. */
  public RepositoryConfig(RepositoryKey key, GitHostName host, String fullName, String url, String defaultBranch, List<Secret> secrets,
      Creation create, String migrations, StagingConfig staging) {
    this(key, host, fullName, url, defaultBranch, secrets, create, BranchRules.ALL, migrations, staging, Optional.empty(),
        ReportPolicy.DEFAULT);
  }

  public RepositoryConfig with(BranchRules chosen) {
    return new RepositoryConfig(
        key, host, fullName, url, defaultBranch, secrets, create, chosen, migrations, staging, feedback, report, flyway);
  }

  public RepositoryConfig with(FeedbackConfig told) {
    return new RepositoryConfig(
        key, host, fullName, url, defaultBranch, secrets, create, branches, migrations, staging, Optional.of(told), report, flyway);
  }

  public RepositoryConfig with(FlywayConfig settings) {
    return new RepositoryConfig(
        key, host, fullName, url, defaultBranch, secrets, create, branches, migrations, staging, feedback, report, settings);
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
