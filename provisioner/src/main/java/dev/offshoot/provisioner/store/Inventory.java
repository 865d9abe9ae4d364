package dev.offshoot.provisioner.store;

import java.util.List;

/**
 * A store that can tell whose resources it holds without being asked for one environment: what is left when nothing is
 * known any more. Only read; nothing is ever removed because of it.
 */
public interface Inventory {

  /** Everything that has an owner tag, of all repositories, also of those that are not configured any more. */
  List<Found> all();
}
