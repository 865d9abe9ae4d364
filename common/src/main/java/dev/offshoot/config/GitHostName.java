package dev.offshoot.config;

/** {@code host:} the git hosts that deliveries are understood from. */
public enum GitHostName {
  GITHUB,
  /** Gitea and Forgejo. */
  GITEA
}
