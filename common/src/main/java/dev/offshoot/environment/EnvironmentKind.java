package dev.offshoot.environment;

/** How an environment is made and how long it may live. */
public enum EnvironmentKind {
  /** A branch's own stores, cloned from an epoch. */
  FULL,
  /** Staging: declared in the configuration, a source of epochs, never swept and never cloned over. */
  STATIC,
  /** Production: declared like Staging, and a source of epochs for rehearsals alone. Never migrated, never swept, never cloned over. */
  PRODUCTION,
  /** A throwaway database of one of Production's epochs, for a trial run of a branch's migrations. Gone with that branch's environment. */
  REHEARSAL,
  /** No environment: the lane of what is decided about all branches of a repository together. Nothing is ever made for it. */
  REPOSITORY
}
