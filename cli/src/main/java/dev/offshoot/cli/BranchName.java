package dev.offshoot.cli;

import picocli.CommandLine.Parameters;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;

/** Which branch a command is about, whether or not it has an environment. */
final class BranchName {
  @Parameters(index = "0", paramLabel = "REPOSITORY", description = "The repository's key in the configuration.")
  private String repository = "";

  @Parameters(index = "1", paramLabel = "BRANCH", description = "The branch, without refs/heads/.")
  private String branch = "";

  String branch() {
    return branch;
  }

  RepositoryConfig repository(OffshootConfig config) {
    return Repositories.named(config, repository);
  }

  Origin of(RepositoryConfig known) {
    return Origin.ofBranch(known.key(), GitRef.ofBranch(branch));
  }
}
