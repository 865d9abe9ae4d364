package dev.offshoot.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** {@code host:} the git hosts that deliveries are understood from. */
public enum GitHostName {
  GITHUB,
  /** Gitea and Forgejo. */
  GITEA,
  GITLAB,
  BITBUCKET_CLOUD,
  /** Bitbucket Data Center, also when it was called Bitbucket Server. */
  BITBUCKET_DATA_CENTER,
  /** Azure DevOps Services and Azure DevOps Server. */
  AZURE_DEVOPS,
  /** Anything else, by signed JSON of our own shape: {@code docs/git-hosts/generic.md}. */
  GENERIC;

  /** As the configuration writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one that the configuration writes so. */
  public static Optional<GitHostName> of(String key) {
    return Arrays.stream(values()).filter(host -> host.key().equals(key)).findFirst();
  }

  /** Whether its deliveries say which labels a change has. */
  public boolean tellsLabels() {
    return switch (this) {
      case GITHUB, GITEA, GITLAB, AZURE_DEVOPS, GENERIC -> true;
      case BITBUCKET_CLOUD, BITBUCKET_DATA_CENTER -> false;
    };
  }
}
