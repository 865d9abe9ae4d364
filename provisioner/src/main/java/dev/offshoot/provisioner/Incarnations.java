package dev.offshoot.provisioner;

import java.util.stream.Stream;

import dev.offshoot.environment.Incarnation;

/** Gives incarnations their numbers; nobody else does. */
final class Incarnations {
  private final EnvironmentStores stores;

  Incarnations(EnvironmentStores stores) {
    this.stores = stores;
  }

  /** One above everything that was ever given: also what only the stores still know of. */
  Incarnation next(Turn turn) throws InterruptedException {
    Stream<Incarnation> held = stores.list(turn.repository(), turn.origin().environment()).stream()
        .map(holding -> holding.found().owner().incarnation());
    return Stream.concat(held, turn.state().incarnation().stream())
        .max(Incarnation::compareTo)
        .map(Incarnation::next)
        .orElse(Incarnation.FIRST);
  }
}
