package dev.offshoot.cli.system;

/** Where the workers run. */
public enum WorkerPlace {
  THIS_PROCESS,
  /** Each in a process of its own, as in production. */
  OWN_PROCESSES
}
