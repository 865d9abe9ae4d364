package dev.offshoot.migrator.flyway;

import dev.offshoot.migrator.watch.Watch;

/** Is told how a run goes while it goes on, by the threads of the run. */
public interface Witness extends Watch.Listener {

  /** A session of the run, before its first use: what ends the run from outside must end it. */
  void opened(int backend);

  /** The newest version in the history before the run; empty when there is none. */
  void began(String base);

  /** Within a migration's own transaction, before its SQL; the migration waits for the return. */
  void before(Script script);

  /** The same, before its commit. */
  void after(Script script);

  /**
   * A migration.
   *
   * @param version empty for a repeatable one
   * @param name the file's
   */
  record Script(String version, String description, String name) {}
}
