package dev.offshoot.environment;

/** How an environment is made and how long it may live. */
public enum EnvironmentKind {
  /** A branch's own stores, cloned from an epoch. */
  FULL,
  /** Staging: declared in the configuration, a source of epochs, never swept and never cloned over. */
  STATIC,
  /** No environment: the lane of what is decided about all branches of a repository together. Nothing is ever made for it. */
  REPOSITORY
}
