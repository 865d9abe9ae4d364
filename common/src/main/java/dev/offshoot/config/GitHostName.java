package dev.offshoot.config;

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
  GENERIC
}
