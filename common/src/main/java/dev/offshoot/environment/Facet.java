package dev.offshoot.environment;

/**
 * One part of an environment's state, with one writer: presence, stores, backups, activity and epochs by the provisioner, schema by the
 * migrator, report by the reporter. The newest value of each is kept in {@code offshoot.state}.
 */
public sealed interface Facet permits Presence, Stores, Backups, Activity, Epochs, Schema, Report {
  /** Which facet this is. */
  FacetName facet();
}
