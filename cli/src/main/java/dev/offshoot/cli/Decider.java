package dev.offshoot.cli;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.event.EventSource;
import dev.offshoot.provisioner.ProvisionerWorker;
import dev.offshoot.wire.Cursor;
import dev.offshoot.wire.StateTable;

/** The worker that answers requests, as it is known from outside. */
final class Decider {
  static final EventSource SOURCE = EventSource.worker(ProvisionerWorker.NAME);

  private Decider() {}

  /** The environment's last record that it has finished, which an intent on the way to the end does not move, and how much it has said. */
  static Cursor cursor(StateTable table, EnvironmentId environment) {
    return table.cursor(environment, ProvisionerWorker.NAME).cursor();
  }
}
